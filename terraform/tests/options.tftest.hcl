# The options that change what is built.

mock_provider "aws" {
  source = "./tests/aws"
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
    condition     = strcontains(output.migration_command, "--task-definition cs6650l2-migration ") && strcontains(output.migration_command, "assignPublicIp=DISABLED")
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
