# What the containers are told. Each store's settings reach the tasks only while it is the cart store.

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
    DYNAMODB_TABLE_NAME          = one(module.dynamodb[*].dynamodb_table_name)
    DYNAMODB_PRODUCTS_TABLE_NAME = one(module.dynamodb[*].products_table_name)
    DYNAMODB_CATALOGUE_TABLE     = one(module.dynamodb[*].catalogue_table_name)
    DYNAMODB_READ_CONSISTENCY    = var.dynamodb_read_consistency
  } : key => value if !local.on_postgres }

  # Apart from the two above, one of whose values is known only after apply: that must not decide which variables there are.
  store_settings = { for key, value in {
    DATABASE_CONNECT_TIMEOUT_MS   = local.on_postgres ? var.database_timeouts_ms.connect : null
    DATABASE_STATEMENT_TIMEOUT_MS = local.on_postgres ? var.database_timeouts_ms.statement : null
    DATABASE_LOCK_TIMEOUT_MS      = local.on_postgres ? var.database_timeouts_ms.lock : null
    DYNAMODB_CONNECT_TIMEOUT_MS   = local.on_postgres ? null : var.dynamodb_client.connect_timeout_ms
    DYNAMODB_REQUEST_TIMEOUT_MS   = local.on_postgres ? null : var.dynamodb_client.request_timeout_ms
    DYNAMODB_MAX_ATTEMPTS         = local.on_postgres ? null : var.dynamodb_client.max_attempts
  } : key => tostring(value) if value != null }

  # Settings that are null or empty are left out, so that the service's own defaults hold.
  service_environment = merge(
    { for key, value in {
      NODE_ENV               = "production"
      HOST                   = "0.0.0.0"
      PORT                   = tostring(local.container_port)
      AWS_REGION             = var.aws_region
      CART_STORE_TYPE        = var.cart_store_type
      CART_TTL_DAYS          = tostring(var.cart_ttl_days)
      CART_CURRENCY          = var.cart_currency
      MIGRATE_ON_START       = "false"
      WORKERS                = tostring(var.workers)
      LOG_LEVEL              = var.log_level
      PLAYGROUND             = tostring(var.playground_enabled)
      SHUTDOWN_DELAY_SECONDS = tostring(var.shutdown.accept_after_sigterm)
      BASE_PATH              = var.base_path
      TRUSTED_DOCUMENTS      = var.trusted_documents
      AUTH_MODE              = var.auth_mode
      ALLOW_UNAUTHENTICATED  = tostring(var.allow_unauthenticated)
      CORS_ORIGINS           = length(var.cors_origins) > 0 ? join(",", sort(var.cors_origins)) : null
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

  # No setting of these files may be undone by another variable.
  set_twice = setintersection(keys(local.service_environment), concat(keys(var.extra_environment), keys(var.extra_secrets)))

  # The migration logs in as the database's owner, makes the tables, and makes DATABASE_IAM_USER: the user that the service
  # logs in as with IAM tokens. On DynamoDB, where Terraform makes the tables, the task only serves to load the catalogue.
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
  )

  # RDS keeps user and password as JSON; the text behind the secret's ARN picks the password. PGPASSWORD is what
  # PostgreSQL's clients take for a URL without one.
  migration_secrets = { for key, value in {
    PGPASSWORD = try("${module.rds[0].master_secret_arn}:password::", null)
  } : key => value if local.on_postgres }

  run_migration_task = join(" ", [
    "aws ecs run-task --region ${var.aws_region} --cluster ${module.ecs.cluster_name} --launch-type FARGATE",
    "--task-definition ${module.ecs.migration_task_family}",
    "--network-configuration 'awsvpcConfiguration={subnets=[${join(",", module.network.private_subnet_ids)}],securityGroups=[${module.network.tasks_security_group_id}],assignPublicIp=DISABLED}'",
    "--query 'tasks[0].taskArn' --output text",
  ])
}
