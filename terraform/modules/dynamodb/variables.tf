variable "service_name" {
  description = "Prefix of the tables' names, as written (the carts are in <service_name>-shopping-carts)."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9-]{0,19}$", var.service_name))
    error_message = "service_name: 1 to 20 letters, digits and hyphens, a letter first; given: ${var.service_name}."
  }
}

variable "carts_table_name" {
  description = "Name of the carts' table where it is another than <service_name>-shopping-carts: after a restore, which makes a new table."
  type        = string
  default     = null

  validation {
    condition     = var.carts_table_name == null || can(regex("^[A-Za-z0-9_.-]{3,255}$", var.carts_table_name))
    error_message = "carts_table_name: 3 to 255 letters, digits, _ . and -; given: ${coalesce(var.carts_table_name, "null")}."
  }
}

variable "products_table" {
  description = "Whether there is a table of products by number, for those who upgrade from version 0.1.0."
  type        = bool
  nullable    = false
}

variable "point_in_time_recovery" {
  description = "Whether the carts can be restored to any second of the last 35 days."
  type        = bool
  nullable    = false
}

variable "deletion_protection" {
  description = "Whether the tables refuse to be deleted."
  type        = bool
  nullable    = false
}

variable "kms_key_arn" {
  description = "Customer-managed KMS key of the tables; null takes the key that AWS manages for DynamoDB in the account."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn: the ARN of a KMS key (not of an alias); given: ${coalesce(var.kms_key_arn, "null")}."
  }
}

variable "max_read_request_units" {
  description = "Ceiling of read request units per second, for each table and each index by itself; null for none. A cost guard: past it DynamoDB throttles."
  type        = number
  default     = null

  validation {
    condition     = var.max_read_request_units == null || try(var.max_read_request_units >= 1 && floor(var.max_read_request_units) == var.max_read_request_units, false)
    error_message = "max_read_request_units: a whole number of 1 or more, or null; given: ${coalesce(var.max_read_request_units, "null")}."
  }
}

variable "max_write_request_units" {
  description = "Ceiling of write request units per second, for each table and each index by itself; null for none. Each change of a cart writes table and index."
  type        = number
  default     = null

  validation {
    condition     = var.max_write_request_units == null || try(var.max_write_request_units >= 1 && floor(var.max_write_request_units) == var.max_write_request_units, false)
    error_message = "max_write_request_units: a whole number of 1 or more, or null; given: ${coalesce(var.max_write_request_units, "null")}."
  }
}
