# What a deployment must refuse, before anything is made.

mock_provider "aws" {
  source = "./tests/aws"
}

run "an_unknown_store" {
  command = plan

  variables {
    cart_store_type = "mysql"
  }

  expect_failures = [var.cart_store_type]
}

run "a_store_that_is_not_made" {
  command = plan

  variables {
    cart_store_type = "dynamodb"
    create_dynamodb = false
  }

  expect_failures = [var.create_dynamodb]
}

run "production_without_deletion_protection" {
  command = plan

  variables {
    environment         = "production"
    deletion_protection = false
  }

  expect_failures = [var.deletion_protection]
}

run "production_without_restore_or_backup_or_second_task" {
  command = plan

  variables {
    environment                     = "production"
    dynamodb_point_in_time_recovery = false
    postgres_backup_retention_days  = 1
    tasks                           = { min = 1, max = 6 }
  }

  expect_failures = [var.dynamodb_point_in_time_recovery, var.postgres_backup_retention_days, var.tasks]
}

run "staging_without_deletion_protection_is_fine" {
  command = plan

  variables {
    environment         = "staging"
    deletion_protection = false
  }

  assert {
    condition     = !var.deletion_protection
    error_message = "staging may be torn down"
  }
}

# 6 tasks x 2 x 1 worker x 27 connections = 324, over 80 % of 400 = 320.
run "more_connections_than_the_database_has" {
  command = plan

  variables {
    database_pool_size = 27
  }

  expect_failures = [terraform_data.connection_budget]
}

# 26 of them are 312.
run "as_many_connections_as_it_has" {
  command = plan

  variables {
    database_pool_size = 26
  }

  assert {
    condition     = local.connection_budget.needed == 312 && local.connection_budget.allowed == 320
    error_message = "connection budget: ${jsonencode(local.connection_budget)}"
  }
}

run "dynamodb_has_no_connection_budget" {
  command = plan

  variables {
    cart_store_type    = "dynamodb"
    database_pool_size = 200
  }
}

run "open_to_everybody_by_accident" {
  command = plan

  variables {
    auth_mode = "none"
  }

  expect_failures = [var.auth_mode]
}

run "issuer_keys_without_a_way_to_the_internet" {
  command = plan

  variables {
    auth_jwks_url     = "https://issuer.example.com/.well-known/jwks.json"
    auth_jwt_issuer   = "https://issuer.example.com/"
    auth_jwt_audience = "cartwright"
    egress            = "endpoints"
  }

  expect_failures = [var.auth_jwks_url]
}

run "issuer_keys_without_issuer_and_audience" {
  command = plan

  variables {
    auth_jwks_url = "https://issuer.example.com/.well-known/jwks.json"
  }

  expect_failures = [var.auth_jwt_issuer, var.auth_jwt_audience]
}

run "a_drain_that_does_not_fit" {
  command = plan

  variables {
    shutdown = { accept_after_sigterm = 30, deregistration = 20, kill = 40 }
  }

  expect_failures = [var.shutdown]
}

run "a_name_too_long" {
  command = plan

  variables {
    service_name = "a-name-of-21-letters-"
  }

  expect_failures = [var.service_name]
}

run "the_tag_latest" {
  command = plan

  variables {
    image_tag = "latest"
  }

  expect_failures = [var.image_tag]
}
