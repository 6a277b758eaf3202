# What a deployment must refuse, before anything is made.

mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  image_digest = "sha256:0000000000000000000000000000000000000000000000000000000000000000"
  plain_http   = true
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

run "an_image_by_its_tag" {
  command = plan

  variables {
    image_digest    = null
    container_image = "registry.example.com/cartwright:0.1.0"
  }

  expect_failures = [var.container_image]
}

run "no_image_at_all" {
  command = plan

  variables {
    image_digest = null
  }

  expect_failures = [var.container_image]
}

run "something_that_is_no_digest" {
  command = plan

  variables {
    image_digest = "0.1.0"
  }

  expect_failures = [var.image_digest]
}

run "production_over_plain_http" {
  command = plan

  variables {
    plain_http = false
  }

  expect_failures = [var.plain_http]
}

run "staging_over_plain_http_is_fine" {
  command = plan

  variables {
    environment = "staging"
    plain_http  = false
  }
}

run "a_currency_that_prices_cannot_have" {
  command = plan

  variables {
    cart_currency = "XYZ"
  }

  expect_failures = [var.cart_currency]
}

run "origins_that_no_browser_sends" {
  command = plan

  variables {
    cors_origins = ["https://Shop.example.com"]
  }

  expect_failures = [var.cors_origins]
}

run "half_a_second" {
  command = plan

  variables {
    shutdown                = { accept_after_sigterm = 9.5, deregistration = 20, kill = 40 }
    auth_clock_skew_seconds = 2.5
  }

  expect_failures = [var.shutdown, var.auth_clock_skew_seconds]
}

run "algorithms_of_the_other_kind" {
  command = plan

  variables {
    auth_jwt_algorithms = ["RS256"]
  }

  expect_failures = [var.auth_jwt_algorithms]
}

run "limits_beyond_the_services_own" {
  command = plan

  variables {
    limits               = { max_query_depth = 101 }
    database_timeouts_ms = { lock = 9 }
    dynamodb_client      = { max_attempts = 11 }
  }

  expect_failures = [var.limits, var.database_timeouts_ms, var.dynamodb_client]
}

run "a_secret_in_the_open" {
  command = plan

  variables {
    extra_environment = { OTEL_API_KEY = "abc" }
  }

  expect_failures = [var.extra_environment]
}

run "a_setting_by_the_back_door" {
  command = plan

  variables {
    extra_environment = { AUTH_MODE = "none" }
  }

  expect_failures = [terraform_data.extra_environment]
}

run "metrics_for_everybody" {
  command = plan

  variables {
    metrics = { readers = ["0.0.0.0/0"] }
  }

  expect_failures = [var.metrics]
}

run "metrics_on_the_services_own_port" {
  command = plan

  variables {
    metrics       = { port = 8080 }
    otlp_endpoint = "collector:4318"
  }

  expect_failures = [var.metrics, var.otlp_endpoint]
}

run "a_range_too_small_for_a_load_balancer" {
  command = plan

  variables {
    vpc_cidr = "10.20.0.0/24"
  }

  expect_failures = [var.vpc_cidr]
}

run "more_than_all_requests" {
  command = plan

  variables {
    green = { image_digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111", percent = 101 }
  }

  expect_failures = [var.green]
}

# Blue and green at once: 2 x 6 tasks x 2 x 1 worker x 14 connections = 336.
run "two_sets_of_tasks_need_twice_the_connections" {
  command = plan

  variables {
    green              = { image_digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111", percent = 0 }
    database_pool_size = 14
  }

  expect_failures = [terraform_data.connection_budget]
}
