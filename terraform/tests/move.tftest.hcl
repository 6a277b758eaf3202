# A move of the carts, and back: one after the other in one state, as docs/move.md goes through them. At every step both stores
# stand as they were, and whoever may not touch a store has no way to it.

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
  target = module.dynamodb[0].aws_dynamodb_table.catalogue
  values = { arn = "arn:aws:dynamodb:us-west-2:123456789012:table/CS6650L2-catalogue" }
}

run "before" {
  command = apply

  assert {
    condition     = output.move_commands == null && output.policies.move == null && module.ecs.move_container == null
    error_message = "without a move there is nothing of one"
  }

  assert {
    condition     = !strcontains(jsonencode(output.service_environment), "CART_STORE_MOVE")
    error_message = "environment: ${jsonencode(output.service_environment)}"
  }
}

run "follow_from_postgres" {
  command = apply

  variables {
    cart_store_move_to    = "dynamodb"
    cart_store_move_phase = "follow"
  }

  assert {
    condition = { for name, value in output.service_environment : name => value if startswith(name, "CART_STORE") || startswith(name, "DATABASE") || startswith(name, "DYNAMODB") } == {
      CART_STORE_MOVE_PHASE     = "follow"
      CART_STORE_MOVE_TO        = "dynamodb"
      CART_STORE_TYPE           = "postgres"
      DATABASE_AUTH             = "iam"
      DATABASE_POOL_SIZE        = "10"
      DATABASE_SSL_CA           = "/app/rds-ca.pem"
      DATABASE_URL              = "postgres://cartwright_app@mock.us-west-2.rds.amazonaws.com:5432/cartwright"
      DYNAMODB_CATALOGUE_TABLE  = "CS6650L2-catalogue"
      DYNAMODB_READ_CONSISTENCY = "eventual"
      DYNAMODB_TABLE_NAME       = "CS6650L2-shopping-carts"
    }
    error_message = "environment: ${jsonencode(output.service_environment)}"
  }

  assert {
    condition = [for s in jsondecode(output.policies.task).Statement : [s.Action, s.Resource]] == [
      ["rds-db:connect", "arn:aws:rds-db:us-west-2:123456789012:dbuser:db-MOCK/cartwright_app"],
      [["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem"], "arn:aws:dynamodb:us-west-2:123456789012:table/CS6650L2-shopping-carts"],
      ["dynamodb:Query", "arn:aws:dynamodb:us-west-2:123456789012:table/CS6650L2-shopping-carts/index/CustomerIndex"],
      [["dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"], "arn:aws:dynamodb:us-west-2:123456789012:table/CS6650L2-catalogue"],
      ["dynamodb:Query", "arn:aws:dynamodb:us-west-2:123456789012:table/CS6650L2-catalogue/index/CatalogueIndex"],
    ]
    error_message = "the service's rights are those of both stores, and no Scan: ${output.policies.task}"
  }

  assert {
    condition = [for s in jsondecode(output.policies.move).Statement : [s.Action, s.Resource] if s.Sid == "FindAllCarts"] == [
      [["dynamodb:DescribeTable", "dynamodb:Scan"], "arn:aws:dynamodb:us-west-2:123456789012:table/CS6650L2-shopping-carts"],
    ]
    error_message = "the task that moves carts finds them by a Scan: ${output.policies.move}"
  }

  assert {
    condition     = [for s in jsondecode(output.policies.move).Statement : s if s.Sid != "FindAllCarts"] == jsondecode(output.policies.task).Statement
    error_message = "and else it may do what the service may: ${output.policies.move}"
  }

  assert {
    condition     = [for name, policy in output.policies : name if policy != null && strcontains(coalesce(policy, "-"), "dynamodb:Scan")] == ["move"]
    error_message = "nobody else may Scan"
  }

  assert {
    condition     = module.network.database_is_reachable
    error_message = "the tasks must reach the database"
  }

  assert {
    condition     = length([for name in output.alarm_names : name if strcontains(name, "database")]) == 4 && length([for name in output.alarm_names : name if strcontains(name, "throttles")]) == 8
    error_message = "alarms of both stores: ${jsonencode(output.alarm_names)}"
  }

  assert {
    condition     = tomap({ for v in module.ecs.move_container.environment : v.name => v.value }) == output.service_environment && length(module.ecs.move_container.secrets) == 0
    error_message = "whoever moves carts is told what the service is told, but for secrets"
  }

  assert {
    condition     = module.ecs.move_container.command == ["node", "dist/tasks/move.js", "run"] && module.ecs.move_container.logConfiguration.options["awslogs-group"] == output.log_group_names.migration
    error_message = "the task's command and log: ${jsonencode(module.ecs.move_container)}"
  }

  assert {
    condition     = !contains([for v in module.ecs.migration_container.environment : v.name], "CART_STORE_MOVE_TO") && { for v in module.ecs.migration_container.environment : v.name => v.value }["DYNAMODB_TABLE_NAME"] == "CS6650L2-shopping-carts"
    error_message = "the migration works on one store, and can on each"
  }

  assert {
    condition     = sort(keys(output.move_commands)) == tolist(["catalogue", "migrate", "run", "status", "verify"]) && alltrue([for name in ["run", "status", "verify"] : strcontains(output.move_commands[name], "--task-definition cartwright-move ") && strcontains(output.move_commands[name], "\"command\":[\"node\",\"dist/tasks/move.js\",\"${name}\"]")])
    error_message = "commands: ${jsonencode(output.move_commands)}"
  }

  assert {
    condition     = strcontains(output.move_commands.catalogue, "| CART_STORE_TYPE=dynamodb node dist/tasks/catalogue.js import") && strcontains(output.move_commands.catalogue, "{\"name\":\"CART_STORE_TYPE\",\"value\":\"postgres\"}")
    error_message = "the catalogue is copied out of the store that is left: ${output.move_commands.catalogue}"
  }
}

run "handover_from_postgres" {
  command = apply

  variables {
    cart_store_move_to    = "dynamodb"
    cart_store_move_phase = "handover"
  }

  assert {
    condition     = output.service_environment["CART_STORE_TYPE"] == "postgres" && output.service_environment["CART_STORE_MOVE_TO"] == "dynamodb" && output.service_environment["CART_STORE_MOVE_PHASE"] == "handover"
    error_message = "environment: ${jsonencode(output.service_environment)}"
  }

  assert {
    condition     = output.policies == run.follow_from_postgres.policies && output.postgres_identifier == run.before.postgres_identifier && output.dynamodb_table_arn == run.before.dynamodb_table_arn
    error_message = "rights and stores are those of the phase before"
  }
}

# Tasks of the handover are still answering: new ones know DynamoDB alone, and nobody loses a way to PostgreSQL yet.
run "leaving_postgres" {
  command = apply

  variables {
    cart_store_type    = "dynamodb"
    cart_store_leaving = "postgres"
  }

  assert {
    condition     = output.service_environment["CART_STORE_TYPE"] == "dynamodb" && length([for name in keys(output.service_environment) : name if startswith(name, "DATABASE") || startswith(name, "CART_STORE_MOVE")]) == 0
    error_message = "environment: ${jsonencode(output.service_environment)}"
  }

  assert {
    condition     = output.policies.task == run.follow_from_postgres.policies.task && output.policies.move == null && output.move_commands == null && module.network.database_is_reachable
    error_message = "the tasks that go keep their rights, and nobody moves carts any more: ${jsonencode(output.policies)}"
  }
}

run "moved_to_dynamodb" {
  command = apply

  variables {
    cart_store_type = "dynamodb"
  }

  assert {
    condition     = output.service_environment["CART_STORE_TYPE"] == "dynamodb" && length([for name in keys(output.service_environment) : name if startswith(name, "DATABASE") || startswith(name, "CART_STORE_MOVE")]) == 0
    error_message = "environment: ${jsonencode(output.service_environment)}"
  }

  assert {
    condition     = output.policies.move == null && output.move_commands == null && !strcontains(output.policies.task, "rds-db") && !module.network.database_is_reachable
    error_message = "nothing of the move is left, and no way to the database"
  }

  assert {
    condition     = output.postgres_identifier == run.before.postgres_identifier
    error_message = "the store that was left stands until it is deleted by its own setting"
  }
}

run "follow_from_dynamodb" {
  command = apply

  variables {
    cart_store_type       = "dynamodb"
    cart_store_move_to    = "postgres"
    cart_store_move_phase = "follow"
  }

  assert {
    condition     = output.service_environment["CART_STORE_TYPE"] == "dynamodb" && output.service_environment["CART_STORE_MOVE_TO"] == "postgres" && output.service_environment["DATABASE_AUTH"] == "iam" && output.service_environment["DYNAMODB_TABLE_NAME"] == "CS6650L2-shopping-carts"
    error_message = "environment: ${jsonencode(output.service_environment)}"
  }

  assert {
    condition     = output.policies == run.follow_from_postgres.policies && module.network.database_is_reachable
    error_message = "the rights are the same in both directions: ${jsonencode(output.policies)}"
  }

  assert {
    condition     = module.ecs.migration_container.secrets[0].name == "PGPASSWORD" && strcontains(output.policies.migration_execution, "rds!db-mock") && strcontains(output.move_commands.migrate, "{\"name\":\"CART_STORE_TYPE\",\"value\":\"postgres\"}")
    error_message = "the migration makes PostgreSQL's tables while the carts are in DynamoDB: ${output.move_commands.migrate}"
  }

  assert {
    condition     = strcontains(output.move_commands.catalogue, "| CART_STORE_TYPE=postgres node dist/tasks/catalogue.js import") && strcontains(output.move_commands.catalogue, "{\"name\":\"CART_STORE_TYPE\",\"value\":\"dynamodb\"}")
    error_message = "the catalogue: ${output.move_commands.catalogue}"
  }
}

run "handover_from_dynamodb" {
  command = apply

  variables {
    cart_store_type       = "dynamodb"
    cart_store_move_to    = "postgres"
    cart_store_move_phase = "handover"
  }

  assert {
    condition     = output.service_environment["CART_STORE_MOVE_PHASE"] == "handover" && output.policies == run.follow_from_postgres.policies
    error_message = "environment: ${jsonencode(output.service_environment)}"
  }
}

run "moved_back_to_postgres" {
  command = apply

  assert {
    condition     = output.service_environment == run.before.service_environment && output.policies == run.before.policies
    error_message = "all is as before: ${jsonencode(output.service_environment)}"
  }

  assert {
    condition     = output.postgres_identifier == run.before.postgres_identifier && output.dynamodb_table_arn == run.before.dynamodb_table_arn
    error_message = "and both stores stand"
  }
}

# The way back from a handover is a move of its own, from where the carts are handed to.
run "reversed_in_the_middle" {
  command = plan

  variables {
    cart_store_type       = "dynamodb"
    cart_store_move_to    = "postgres"
    cart_store_move_phase = "follow"
    green                 = { image_digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111", percent = 100 }
  }

  assert {
    condition     = endswith(local.asked_image, "@sha256:1111111111111111111111111111111111111111111111111111111111111111")
    error_message = "carts are moved by the version that serves them: ${local.asked_image}"
  }
}

run "to_where_the_carts_are_already" {
  command = plan

  variables {
    cart_store_move_to    = "postgres"
    cart_store_move_phase = "follow"
  }

  expect_failures = [var.cart_store_move_to]
}

run "leaving_where_the_carts_are" {
  command = plan

  variables {
    cart_store_leaving = "postgres"
  }

  expect_failures = [var.cart_store_leaving]
}

run "leaving_in_the_middle" {
  command = plan

  variables {
    cart_store_move_to    = "dynamodb"
    cart_store_move_phase = "follow"
    cart_store_leaving    = "dynamodb"
  }

  expect_failures = [var.cart_store_leaving]
}

run "leaving_and_deleting_at_once" {
  command = plan

  variables {
    cart_store_type    = "dynamodb"
    cart_store_leaving = "postgres"
    create_postgres    = false
  }

  expect_failures = [var.create_postgres]
}

run "to_a_store_that_is_none" {
  command = plan

  variables {
    cart_store_move_to    = "redis"
    cart_store_move_phase = "follow"
  }

  expect_failures = [var.cart_store_move_to]
}

run "without_a_phase" {
  command = plan

  variables {
    cart_store_move_to = "dynamodb"
  }

  expect_failures = [var.cart_store_move_phase]
}

run "a_phase_without_a_move" {
  command = plan

  variables {
    cart_store_move_phase = "handover"
  }

  expect_failures = [var.cart_store_move_phase]
}

run "a_phase_that_is_none" {
  command = plan

  variables {
    cart_store_move_to    = "dynamodb"
    cart_store_move_phase = "copy"
  }

  expect_failures = [var.cart_store_move_phase]
}

run "to_tables_that_are_not_made" {
  command = plan

  variables {
    cart_store_move_to    = "dynamodb"
    cart_store_move_phase = "follow"
    create_dynamodb       = false
  }

  expect_failures = [var.create_dynamodb]
}

run "from_tables_that_are_not_kept" {
  command = plan

  variables {
    cart_store_type       = "dynamodb"
    cart_store_move_to    = "postgres"
    cart_store_move_phase = "handover"
    create_dynamodb       = false
  }

  expect_failures = [var.create_dynamodb]
}

run "to_a_database_that_is_not_made" {
  command = plan

  variables {
    cart_store_type       = "dynamodb"
    cart_store_move_to    = "postgres"
    cart_store_move_phase = "follow"
    create_postgres       = false
  }

  expect_failures = [var.create_postgres]
}

run "a_move_by_the_back_door" {
  command = plan

  variables {
    extra_environment = { CART_STORE_MOVE_TO = "dynamodb" }
  }

  expect_failures = [terraform_data.extra_environment]
}

# The tasks keep connections to PostgreSQL wherever carts go: 6 tasks x 2 x 1 worker x 27 connections = 324 of 320.
run "more_connections_than_the_database_that_is_moved_to_has" {
  command = plan

  variables {
    cart_store_type       = "dynamodb"
    cart_store_move_to    = "postgres"
    cart_store_move_phase = "follow"
    database_pool_size    = 27
  }

  expect_failures = [terraform_data.connection_budget]
}
