# Why the tables look like this: DESIGN_DECISIONS.md.

locals {
  ceilings = var.max_read_request_units == null && var.max_write_request_units == null ? [] : [1]
}

resource "aws_dynamodb_table" "carts" {
  name                        = coalesce(var.carts_table_name, "${var.service_name}-shopping-carts")
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "cart_id"
  deletion_protection_enabled = var.deletion_protection

  attribute {
    name = "cart_id"
    type = "S"
  }

  attribute {
    name = "customer_id"
    type = "N"
  }

  attribute {
    name = "created_at_cart_id"
    type = "S"
  }

  global_secondary_index {
    name            = "CustomerIndex"
    projection_type = "ALL"
    hash_key        = "customer_id"
    range_key       = "created_at_cart_id"

    dynamic "on_demand_throughput" {
      for_each = local.ceilings

      content {
        max_read_request_units  = var.max_read_request_units
        max_write_request_units = var.max_write_request_units
      }
    }
  }

  dynamic "on_demand_throughput" {
    for_each = local.ceilings

    content {
      max_read_request_units  = var.max_read_request_units
      max_write_request_units = var.max_write_request_units
    }
  }

  ttl {
    enabled        = true
    attribute_name = "expiration_time"
  }

  point_in_time_recovery {
    enabled = var.point_in_time_recovery
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.kms_key_arn
  }
}

# The products as version 0.1.0 keeps them, by number: the service does not read it, one task copies it. It stays until whoever
# has copied it says so: a table with data in it is never deleted by an upgrade.
resource "aws_dynamodb_table" "products" {
  count = var.products_table ? 1 : 0

  name                        = "${var.service_name}-products"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "product_id"
  deletion_protection_enabled = var.deletion_protection

  attribute {
    name = "product_id"
    type = "N"
  }

  attribute {
    name = "catalog"
    type = "S"
  }

  global_secondary_index {
    name            = "CatalogIndex"
    projection_type = "ALL"
    hash_key        = "catalog"
    range_key       = "product_id"

    dynamic "on_demand_throughput" {
      for_each = local.ceilings

      content {
        max_read_request_units  = var.max_read_request_units
        max_write_request_units = var.max_write_request_units
      }
    }
  }

  dynamic "on_demand_throughput" {
    for_each = local.ceilings

    content {
      max_read_request_units  = var.max_read_request_units
      max_write_request_units = var.max_write_request_units
    }
  }

  point_in_time_recovery {
    enabled = var.point_in_time_recovery
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.kms_key_arn
  }
}

# The products by a text, which any id can be written as, in the order of the catalogue.
resource "aws_dynamodb_table" "catalogue" {
  name                        = "${var.service_name}-catalogue"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "product_key"
  deletion_protection_enabled = var.deletion_protection

  attribute {
    name = "product_key"
    type = "S"
  }

  attribute {
    name = "catalogue"
    type = "S"
  }

  global_secondary_index {
    name            = "CatalogueIndex"
    projection_type = "ALL"
    hash_key        = "catalogue"
    range_key       = "product_key"

    dynamic "on_demand_throughput" {
      for_each = local.ceilings

      content {
        max_read_request_units  = var.max_read_request_units
        max_write_request_units = var.max_write_request_units
      }
    }
  }

  dynamic "on_demand_throughput" {
    for_each = local.ceilings

    content {
      max_read_request_units  = var.max_read_request_units
      max_write_request_units = var.max_write_request_units
    }
  }

  point_in_time_recovery {
    enabled = var.point_in_time_recovery
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.kms_key_arn
  }
}

moved {
  from = aws_dynamodb_table.products
  to   = aws_dynamodb_table.products[0]
}
