# Each store's deployment gets its own environment, rights, alarms and connections, and nothing of the other's.

mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  image_digest = "sha256:0000000000000000000000000000000000000000000000000000000000000000"
  plain_http   = true
}

override_resource {
  target = module.dynamodb[0].aws_dynamodb_table.carts
  values = { arn = "arn:aws:dynamodb:us-west-2:123456789012:table/CS6650L2-shopping-carts" }
}

override_resource {
  target = module.dynamodb[0].aws_dynamodb_table.products[0]
  values = { arn = "arn:aws:dynamodb:us-west-2:123456789012:table/CS6650L2-products" }
}

override_resource {
  target = module.dynamodb[0].aws_dynamodb_table.catalogue
  values = { arn = "arn:aws:dynamodb:us-west-2:123456789012:table/CS6650L2-catalogue" }
}

run "postgres_is_the_default" {
  command = apply

  assert {
    condition     = output.cart_store_type == "postgres"
    error_message = "cart_store_type must default to postgres"
  }

  assert {
    condition = output.service_environment == tomap({
      ALLOW_UNAUTHENTICATED  = "false"
      AUTH_MODE              = "jwt"
      AWS_REGION             = "us-west-2"
      CART_CURRENCY          = "USD"
      CART_STORE_TYPE        = "postgres"
      CART_TTL_DAYS          = "7"
      DATABASE_AUTH          = "iam"
      DATABASE_POOL_SIZE     = "10"
      DATABASE_SSL_CA        = "/app/rds-ca.pem"
      DATABASE_URL           = "postgres://cartwright_app@mock.us-west-2.rds.amazonaws.com:5432/cartwright"
      HOST                   = "0.0.0.0"
      LOG_LEVEL              = "info"
      METRICS_PORT           = "9464"
      MIGRATE_ON_START       = "false"
      NODE_ENV               = "production"
      PLAYGROUND             = "false"
      PORT                   = "8080"
      SHUTDOWN_DELAY_SECONDS = "10"
      WORKERS                = "1"
    })
    error_message = "environment on PostgreSQL: ${jsonencode(output.service_environment)}"
  }

  assert {
    condition     = keys(output.service_secrets) == tolist(["AUTH_JWT_SECRET"])
    error_message = "secrets: ${jsonencode(output.service_secrets)}"
  }

  assert {
    condition = [for s in jsondecode(output.policies.task).Statement : [s.Action, s.Resource]] == [
      ["rds-db:connect", "arn:aws:rds-db:us-west-2:123456789012:dbuser:db-MOCK/cartwright_app"],
    ]
    error_message = "rights on PostgreSQL: ${output.policies.task}"
  }

  assert {
    condition     = output.policies.migration == null && !strcontains(output.policies.execution, "rds!db-mock") && strcontains(output.policies.migration_execution, "rds!db-mock")
    error_message = "only the migration's execution role reads the owner's password"
  }

  assert {
    condition     = module.network.database_is_reachable
    error_message = "the tasks must reach the database"
  }

  assert {
    condition     = length([for name in output.alarm_names : name if strcontains(name, "database")]) == 4 && length([for name in output.alarm_names : name if strcontains(name, "throttles")]) == 0
    error_message = "alarms on PostgreSQL: ${jsonencode(output.alarm_names)}"
  }

  assert {
    condition     = { for v in module.ecs.migration_container.environment : v.name => v.value }["DATABASE_URL"] == "postgres://cartwright_owner@mock.us-west-2.rds.amazonaws.com:5432/cartwright" && module.ecs.migration_container.secrets[0].valueFrom == "arn:aws:secretsmanager:us-west-2:123456789012:secret:rds!db-mock:password::"
    error_message = "the migration logs in as the owner"
  }
}

# In the state of the run before: the switch must leave the database standing.
run "switched_to_dynamodb" {
  command = apply

  variables {
    cart_store_type = "dynamodb"
  }

  assert {
    condition = output.service_environment == tomap({
      ALLOW_UNAUTHENTICATED     = "false"
      AUTH_MODE                 = "jwt"
      AWS_REGION                = "us-west-2"
      CART_CURRENCY             = "USD"
      CART_STORE_TYPE           = "dynamodb"
      CART_TTL_DAYS             = "7"
      DYNAMODB_CATALOGUE_TABLE  = "CS6650L2-catalogue"
      DYNAMODB_READ_CONSISTENCY = "eventual"
      DYNAMODB_TABLE_NAME       = "CS6650L2-shopping-carts"
      HOST                      = "0.0.0.0"
      LOG_LEVEL                 = "info"
      METRICS_PORT              = "9464"
      MIGRATE_ON_START          = "false"
      NODE_ENV                  = "production"
      PLAYGROUND                = "false"
      PORT                      = "8080"
      SHUTDOWN_DELAY_SECONDS    = "10"
      WORKERS                   = "1"
    })
    error_message = "environment on DynamoDB: ${jsonencode(output.service_environment)}"
  }

  assert {
    condition = [for s in jsondecode(output.policies.task).Statement : [s.Action, s.Resource]] == [
      [["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem"], "arn:aws:dynamodb:us-west-2:123456789012:table/CS6650L2-shopping-carts"],
      ["dynamodb:Query", "arn:aws:dynamodb:us-west-2:123456789012:table/CS6650L2-shopping-carts/index/CustomerIndex"],
      [["dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"], "arn:aws:dynamodb:us-west-2:123456789012:table/CS6650L2-catalogue"],
      ["dynamodb:Query", "arn:aws:dynamodb:us-west-2:123456789012:table/CS6650L2-catalogue/index/CatalogueIndex"],
    ]
    error_message = "rights on DynamoDB: ${output.policies.task}"
  }

  assert {
    condition = [for s in jsondecode(output.policies.migration).Statement : s.Action] == [
      ["dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"],
      "dynamodb:Query",
    ]
    error_message = "the one-off task loads the catalogue, and copies it from the table before: ${output.policies.migration}"
  }

  assert {
    condition     = !strcontains(output.policies.migration_execution, "secretsmanager") && length(module.ecs.migration_container.secrets) == 0
    error_message = "on DynamoDB nobody reads the database owner's password"
  }

  assert {
    condition     = !module.network.database_is_reachable
    error_message = "the tasks must not reach the database while it is not the cart store"
  }

  assert {
    condition     = output.postgres_identifier == "cartwright-postgres" && output.dynamodb_table_name == "CS6650L2-shopping-carts"
    error_message = "switching the store must leave both stores standing"
  }

  assert {
    condition     = length([for name in output.alarm_names : name if strcontains(name, "throttles")]) == 8 && length([for name in output.alarm_names : name if strcontains(name, "system-errors")]) == 2 && length([for name in output.alarm_names : name if strcontains(name, "database")]) == 0
    error_message = "alarms on DynamoDB: ${jsonencode(output.alarm_names)}"
  }

  assert {
    condition     = output.dynamodb_products_table_name == "CS6650L2-products" && { for v in module.ecs.migration_container.environment : v.name => v.value }["DYNAMODB_PRODUCTS_TABLE_NAME"] == "CS6650L2-products" && strcontains(output.policies.migration, "table/CS6650L2-products/index/CatalogIndex")
    error_message = "who upgrades from 0.1.0 has the table of products, and a task that may copy it: ${output.policies.migration}"
  }
}

run "without_the_products_of_the_first_release" {
  command = apply

  variables {
    cart_store_type         = "dynamodb"
    dynamodb_products_table = false
  }

  assert {
    condition     = output.dynamodb_products_table_name == null && !strcontains(jsonencode(module.ecs.migration_container.environment), "PRODUCTS_TABLE") && [for s in jsondecode(output.policies.migration).Statement : s.Resource if s.Sid == "ListWhatIsCopied"] == [["arn:aws:dynamodb:us-west-2:123456789012:table/CS6650L2-catalogue/index/CatalogueIndex"]]
    error_message = "nothing of it is left: ${output.policies.migration}"
  }
}

run "dynamodb_alone" {
  command = plan

  variables {
    cart_store_type = "dynamodb"
    create_postgres = false
  }

  assert {
    condition     = length(module.rds) == 0 && output.postgres_endpoint == null
    error_message = "without create_postgres there must be no database"
  }
}

run "postgres_alone" {
  command = plan

  variables {
    create_dynamodb = false
  }

  assert {
    condition     = length(module.dynamodb) == 0 && output.dynamodb_table_name == null
    error_message = "without create_dynamodb there must be no tables"
  }
}
