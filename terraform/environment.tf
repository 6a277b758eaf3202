# What the containers are told. Each store's settings reach the tasks only while carts are in it, or are moved to it.

locals {
  connection_budget = {
    needed  = length(local.releases) * var.tasks.max * 2 * var.workers * var.database_pool_size
    allowed = floor(var.postgres_max_connections * 0.8)
  }

  # Where the image keeps the bundle of RDS's certificate authorities.
  rds_ca_path = "/app/rds-ca.pem"

  postgres_environment = { for key, value in {
    DATABASE_URL       = one(module.rds[*].service_url)
    DATABASE_AUTH      = "iam"
    DATABASE_SSL_CA    = local.rds_ca_path
    DATABASE_POOL_SIZE = tostring(var.database_pool_size)
  } : key => value if local.on_postgres }

  dynamodb_environment = { for key, value in {
    DYNAMODB_TABLE_NAME       = one(module.dynamodb[*].dynamodb_table_name)
    DYNAMODB_CATALOGUE_TABLE  = one(module.dynamodb[*].catalogue_table_name)
    DYNAMODB_READ_CONSISTENCY = var.dynamodb_read_consistency
  } : key => value if local.on_dynamodb }

  # Apart from the two above, one of whose values is known only after apply: that must not decide which variables there are.
  store_settings = { for key, value in {
    DATABASE_CONNECT_TIMEOUT_MS   = local.on_postgres ? var.database_timeouts_ms.connect : null
    DATABASE_STATEMENT_TIMEOUT_MS = local.on_postgres ? var.database_timeouts_ms.statement : null
    DATABASE_LOCK_TIMEOUT_MS      = local.on_postgres ? var.database_timeouts_ms.lock : null
    DYNAMODB_CONNECT_TIMEOUT_MS   = local.on_dynamodb ? var.dynamodb_client.connect_timeout_ms : null
    DYNAMODB_REQUEST_TIMEOUT_MS   = local.on_dynamodb ? var.dynamodb_client.request_timeout_ms : null
    DYNAMODB_MAX_ATTEMPTS         = local.on_dynamodb ? var.dynamodb_client.max_attempts : null
  } : key => tostring(value) if value != null }

  # Settings that are null or empty are left out, so that the service's own defaults hold.
  service_environment = merge(
    { for key, value in {
      NODE_ENV                    = "production"
      HOST                        = "0.0.0.0"
      PORT                        = tostring(local.container_port)
      AWS_REGION                  = var.aws_region
      CART_STORE_TYPE             = var.cart_store_type
      CART_STORE_MOVE_TO          = var.cart_store_move_to
      CART_STORE_MOVE_PHASE       = var.cart_store_move_phase
      CART_TTL_DAYS               = tostring(var.cart_ttl_days)
      CART_CURRENCY               = var.cart_currency
      MIGRATE_ON_START            = "false"
      WORKERS                     = tostring(var.workers)
      LOG_LEVEL                   = var.log_level
      METRICS_PORT                = tostring(var.metrics.port)
      OTEL_EXPORTER_OTLP_ENDPOINT = var.otlp_endpoint
      PLAYGROUND                  = tostring(var.playground_enabled)
      SHUTDOWN_DELAY_SECONDS      = tostring(var.shutdown.accept_after_sigterm)
      BASE_PATH                   = var.base_path
      TRUSTED_DOCUMENTS           = var.trusted_documents
      AUTH_MODE                   = var.auth_mode
      ALLOW_UNAUTHENTICATED       = tostring(var.allow_unauthenticated)
      CORS_ORIGINS                = length(var.cors_origins) > 0 ? join(",", sort(var.cors_origins)) : null
    } : key => value if value != null },
    { for key, value in {
      AUTH_JWKS_URL           = var.auth_jwks_url
      AUTH_JWT_ISSUER         = var.auth_jwt_issuer
      AUTH_JWT_AUDIENCE       = var.auth_jwt_audience
      AUTH_JWT_ALGORITHMS     = length(var.auth_jwt_algorithms) > 0 ? join(",", sort(var.auth_jwt_algorithms)) : null
      AUTH_CUSTOMER_CLAIM     = var.auth_customer_claim
      AUTH_CLOCK_SKEW_SECONDS = try(tostring(var.auth_clock_skew_seconds), null)
    } : key => value if var.auth_mode == "jwt" && value != null },
    { for name, value in var.limits : upper(name) => tostring(value) if value != null },
    local.postgres_environment,
    local.dynamodb_environment,
    local.store_settings,
  )

  service_secrets = merge(
    { for key, value in {
      AUTH_JWT_SECRET = local.makes_jwt_secret ? one(aws_secretsmanager_secret.auth_jwt[*].arn) : var.auth_jwt_secret_arn
    } : key => value if local.needs_jwt_secret },
    var.extra_secrets,
  )

  # No setting of these files may be undone by another variable, and no move begun past the rights that it needs.
  set_here  = concat(keys(local.service_environment), ["CART_STORE_MOVE_TO", "CART_STORE_MOVE_PHASE"])
  set_twice = setintersection(local.set_here, concat(keys(var.extra_environment), keys(var.extra_secrets)))

  # The migration logs in as the database's owner, makes the tables, and makes DATABASE_IAM_USER: the user that the service
  # logs in as with IAM tokens. On DynamoDB, where Terraform makes the tables, the task only serves to load the catalogue. It
  # works on one store, also while carts are moved: another than cart_store_type is named to it by an override.
  migration_environment = merge(
    {
      NODE_ENV        = "production"
      AWS_REGION      = var.aws_region
      CART_STORE_TYPE = var.cart_store_type
      CART_CURRENCY   = var.cart_currency
      LOG_LEVEL       = var.log_level
    },
    { for key, value in {
      DATABASE_URL      = one(module.rds[*].owner_url)
      DATABASE_AUTH     = "password"
      DATABASE_SSL_CA   = local.rds_ca_path
      DATABASE_IAM_USER = one(module.rds[*].service_user)
    } : key => value if local.on_postgres },
    local.dynamodb_environment,
    { for key, value in {
      DYNAMODB_PRODUCTS_TABLE_NAME = one(module.dynamodb[*].products_table_name)
    } : key => value if local.on_dynamodb && var.dynamodb_products_table },
  )

  # RDS keeps user and password as JSON; the text behind the secret's ARN picks the password. PGPASSWORD is what
  # PostgreSQL's clients take for a URL without one.
  migration_secrets = { for key, value in {
    PGPASSWORD = try("${module.rds[0].master_secret_arn}:password::", null)
  } : key => value if local.on_postgres }

  # The port of the collector, where it is another than that of HTTPS.
  otlp_ports = var.otlp_endpoint == null ? [] : [for port in [
    tonumber(try(regex("^https?://[^/:]+:([0-9]+)", var.otlp_endpoint)[0], startswith(coalesce(var.otlp_endpoint, "-"), "https:") ? 443 : 80))
  ] : port if port != 443]

  run_task = { for name, family in { migration = module.ecs.migration_task_family, move = module.ecs.move_task_family } : name => join(" ", [
    "aws ecs run-task --region ${var.aws_region} --cluster ${module.ecs.cluster_name} --launch-type FARGATE",
    "--task-definition ${family}",
    "--network-configuration 'awsvpcConfiguration={subnets=[${join(",", module.network.private_subnet_ids)}],securityGroups=[${module.network.tasks_security_group_id}],assignPublicIp=DISABLED}'",
    "--query 'tasks[0].taskArn' --output text",
  ]) }
}
