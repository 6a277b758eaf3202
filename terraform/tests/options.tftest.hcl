# The options that change what is built.

mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  image_digest = "sha256:0000000000000000000000000000000000000000000000000000000000000000"
  plain_http   = true
}

run "plain_http_over_one_nat_gateway" {
  command = apply

  assert {
    condition     = startswith(output.url, "http://") && module.network.nat_gateway_count == 1
    error_message = "defaults: HTTP and one NAT gateway; given ${output.url}, ${module.network.nat_gateway_count}"
  }
}

run "https_in_three_zones" {
  command = apply

  variables {
    plain_http              = false
    certificate_arn         = "arn:aws:acm:us-west-2:123456789012:certificate/00000000-0000-0000-0000-000000000000"
    availability_zone_count = 3
    egress                  = "nat_per_zone"
    auth_jwks_url           = "https://issuer.example.com/.well-known/jwks.json"
    auth_jwt_issuer         = "https://issuer.example.com/"
    auth_jwt_audience       = "cartwright"
    kms_key_arn             = "arn:aws:kms:us-west-2:123456789012:key/00000000-0000-0000-0000-000000000000"
    alarm_email             = "on-call@example.com"
    monthly_budget_usd      = 300
    cors_origins            = ["https://shop.example.com", "https://admin.example.com"]
  }

  assert {
    condition     = startswith(output.url, "https://") && module.network.nat_gateway_count == 3 && length(module.network.private_subnet_ids) == 3
    error_message = "HTTPS, and one NAT gateway in each of three zones"
  }

  assert {
    condition     = length(output.service_secrets) == 0 && output.auth_jwt_secret_arn == null
    error_message = "with the issuer's keys there is no shared secret"
  }

  assert {
    condition     = output.service_environment["AUTH_JWKS_URL"] == "https://issuer.example.com/.well-known/jwks.json" && output.service_environment["CORS_ORIGINS"] == "https://admin.example.com,https://shop.example.com" && output.service_environment["AUTH_JWT_ISSUER"] == "https://issuer.example.com/" && output.service_environment["AUTH_JWT_AUDIENCE"] == "cartwright"
    error_message = "environment: ${jsonencode(output.service_environment)}"
  }

  assert {
    condition     = !strcontains(output.policies.execution, "kms:") && strcontains(output.policies.migration_execution, "kms:Decrypt")
    error_message = "only roles that read a secret may use its key"
  }
}

run "no_way_to_the_internet" {
  command = apply

  variables {
    egress          = "endpoints"
    cart_store_type = "dynamodb"
    kms_key_arn     = "arn:aws:kms:us-west-2:123456789012:key/00000000-0000-0000-0000-000000000000"
  }

  assert {
    condition     = module.network.nat_gateway_count == 0
    error_message = "endpoints need no NAT gateway"
  }

  assert {
    condition     = [for s in jsondecode(output.policies.task).Statement : s.Condition.StringEquals["kms:ViaService"] if strcontains(jsonencode(s.Action), "kms:")] == ["dynamodb.us-west-2.amazonaws.com"]
    error_message = "the tables' key is usable through DynamoDB alone: ${output.policies.task}"
  }
}

# A * may stand where AWS wants it, and nowhere else: the registry's token, and the names of log streams, which Fargate makes up.
run "wildcards_on_postgres" {
  command = apply

  assert {
    condition = toset(flatten([for policy in values(output.policies) : [for s in jsondecode(policy).Statement : [for r in flatten([s.Resource]) : "${jsonencode(s.Action)} on ${r}" if strcontains(r, "*") || strcontains(jsonencode(s.Action), "*")]] if policy != null])) == toset([
      "\"ecr:GetAuthorizationToken\" on *",
      "[\"logs:CreateLogStream\",\"logs:PutLogEvents\"] on arn:aws:logs:us-west-2:123456789012:log-group:/mock:log-stream:*",
    ])
    error_message = "wildcards: ${jsonencode(output.policies)}"
  }
}

run "wildcards_on_dynamodb" {
  command = apply

  variables {
    cart_store_type = "dynamodb"
  }

  assert {
    condition = toset(flatten([for policy in values(output.policies) : [for s in jsondecode(policy).Statement : [for r in flatten([s.Resource]) : "${jsonencode(s.Action)} on ${r}" if strcontains(r, "*") || strcontains(jsonencode(s.Action), "*")]] if policy != null])) == toset([
      "\"ecr:GetAuthorizationToken\" on *",
      "[\"logs:CreateLogStream\",\"logs:PutLogEvents\"] on arn:aws:logs:us-west-2:123456789012:log-group:/mock:log-stream:*",
    ])
    error_message = "wildcards: ${jsonencode(output.policies)}"
  }
}

run "container" {
  command = apply

  assert {
    condition     = module.ecs.service_container.readonlyRootFilesystem && module.ecs.service_container.user == "1000:1000" && !module.ecs.service_container.privileged
    error_message = "the container must run as a plain user over a read-only file system"
  }

  assert {
    condition     = module.ecs.service_container.stopTimeout == 40 && strcontains(jsonencode(module.ecs.service_container.healthCheck.command), "/livez")
    error_message = "stopTimeout and health check"
  }

  assert {
    condition     = module.ecs.migration_container.command == ["node", "dist/tasks/migrate.js"]
    error_message = "the migration's command"
  }
}

run "one_off_tasks" {
  command = apply

  assert {
    condition     = strcontains(output.migration_command, "--task-definition cartwright-migration ") && strcontains(output.migration_command, "assignPublicIp=DISABLED")
    error_message = "migration: ${output.migration_command}"
  }

  assert {
    condition     = endswith(output.seed_command, "--overrides '{\"containerOverrides\":[{\"command\":[\"node\",\"dist/tasks/seed.js\"],\"name\":\"migration\"}]}'")
    error_message = "seed: ${output.seed_command}"
  }
}

run "a_restored_table" {
  command = plan

  variables {
    dynamodb_carts_table_name = "CS6650L2-shopping-carts-restored"
  }

  assert {
    condition     = output.dynamodb_table_name == "CS6650L2-shopping-carts-restored"
    error_message = "table: ${output.dynamodb_table_name}"
  }
}

run "every_setting_of_the_service" {
  command = apply

  variables {
    auth_jwt_algorithms     = ["HS512", "HS256"]
    auth_customer_claim     = "customer"
    auth_clock_skew_seconds = 0
    base_path               = "/shop"
    trusted_documents       = "/app/documents.json"
    limits                  = { max_in_flight = 512, max_query_aliases = 0 }
    database_timeouts_ms    = { lock = 200 }
    dynamodb_client         = { max_attempts = 2 }
    extra_environment       = { LOG_SAMPLE = "0.1" }
    extra_secrets           = { OTEL_EXPORTER_OTLP_HEADERS = "arn:aws:secretsmanager:us-west-2:123456789012:secret:otlp-AbCdEf" }
  }

  assert {
    condition = { for name, value in output.service_environment : name => value if contains([
      "AUTH_JWT_ALGORITHMS", "AUTH_CUSTOMER_CLAIM", "AUTH_CLOCK_SKEW_SECONDS", "BASE_PATH", "TRUSTED_DOCUMENTS", "MAX_IN_FLIGHT", "MAX_QUERY_ALIASES",
      "DATABASE_LOCK_TIMEOUT_MS", "DATABASE_STATEMENT_TIMEOUT_MS", "DYNAMODB_MAX_ATTEMPTS", "LOG_SAMPLE",
      ], name) } == {
      AUTH_CLOCK_SKEW_SECONDS  = "0"
      AUTH_CUSTOMER_CLAIM      = "customer"
      AUTH_JWT_ALGORITHMS      = "HS256,HS512"
      BASE_PATH                = "/shop"
      DATABASE_LOCK_TIMEOUT_MS = "200"
      LOG_SAMPLE               = "0.1"
      MAX_IN_FLIGHT            = "512"
      MAX_QUERY_ALIASES        = "0"
      TRUSTED_DOCUMENTS        = "/app/documents.json"
    }
    error_message = "environment: ${jsonencode(output.service_environment)}"
  }

  assert {
    condition     = sort(keys(output.service_secrets)) == tolist(["AUTH_JWT_SECRET", "OTEL_EXPORTER_OTLP_HEADERS"]) && strcontains(output.policies.execution, "secret:otlp-AbCdEf")
    error_message = "a further secret must be readable by the execution role: ${output.policies.execution}"
  }
}

run "watched_from_outside" {
  command = apply

  variables {
    metrics       = { readers = ["10.30.0.0/16"] }
    otlp_endpoint = "http://collector.internal:4318"
  }

  assert {
    condition     = output.service_environment["METRICS_PORT"] == "9464" && output.service_environment["OTEL_EXPORTER_OTLP_ENDPOINT"] == "http://collector.internal:4318"
    error_message = "environment: ${jsonencode(output.service_environment)}"
  }

  assert {
    condition     = jsonencode([module.network.ports_to_collector, module.network.metrics_readers]) == jsonencode([[4318], ["10.30.0.0/16"]])
    error_message = "rules: ${jsonencode([module.network.ports_to_collector, module.network.metrics_readers])}"
  }
}

run "watched_over_https" {
  command = plan

  variables {
    metrics       = { port = 0 }
    otlp_endpoint = "https://otlp.example.com/v1"
  }

  assert {
    condition     = length(local.otlp_ports) == 0 && local.service_environment["METRICS_PORT"] == "0"
    error_message = "HTTPS needs no rule of its own: ${jsonencode(local.otlp_ports)}"
  }
}

run "the_smallest_range" {
  command = plan

  variables {
    vpc_cidr                = "10.20.0.0/23"
    availability_zone_count = 3
  }

  assert {
    condition     = length(distinct(module.network.subnet_cidrs)) == 9 && alltrue([for cidr in module.network.subnet_cidrs : endswith(cidr, "/27")])
    error_message = "subnets: ${jsonencode(module.network.subnet_cidrs)}"
  }
}

run "the_subnets_of_a_usual_range" {
  command = plan

  assert {
    condition     = module.network.subnet_cidrs == ["10.20.0.0/24", "10.20.1.0/24", "10.20.4.0/24", "10.20.5.0/24", "10.20.8.0/24", "10.20.9.0/24"]
    error_message = "subnets: ${jsonencode(module.network.subnet_cidrs)}"
  }
}

run "an_image_of_another_registry" {
  command = apply

  variables {
    image_digest    = null
    container_image = "registry.example.com/cartwright@sha256:0000000000000000000000000000000000000000000000000000000000000000"
  }

  assert {
    condition     = module.ecs.service_container.image == "registry.example.com/cartwright@sha256:0000000000000000000000000000000000000000000000000000000000000000"
    error_message = "image: ${module.ecs.service_container.image}"
  }
}

run "green_beside_blue_and_not_asked_yet" {
  command = apply

  variables {
    green = { image_digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111", percent = 0 }
  }

  assert {
    condition     = local.releases.blue.percent == 100 && local.releases.green.percent == 0 && endswith(local.releases.green.image, "@sha256:1111111111111111111111111111111111111111111111111111111111111111")
    error_message = "releases: ${jsonencode(local.releases)}"
  }

  assert {
    condition     = endswith(module.ecs.service_container.image, "@sha256:0000000000000000000000000000000000000000000000000000000000000000") && endswith(module.ecs.migration_container.image, "@sha256:1111111111111111111111111111111111111111111111111111111111111111")
    error_message = "blue keeps its image, and the migration is that of the release to come"
  }

  assert {
    condition     = length([for name in output.alarm_names : name if endswith(name, "-green")]) == 2
    error_message = "both target groups are watched: ${jsonencode(output.alarm_names)}"
  }
}

run "alarms_that_roll_back_a_release" {
  command = apply

  assert {
    condition     = sort(module.alarms.rollback_alarm_names) == tolist(["cartwright-5xx", "cartwright-deadlines", "cartwright-faults", "cartwright-p99"])
    error_message = "alarms: ${jsonencode(module.alarms.rollback_alarm_names)}"
  }
}
