# What the containers are told. Each store's settings reach the tasks only while it is the cart store.

locals {
  connection_budget = {
    needed  = var.tasks.max * 2 * var.workers * var.database_pool_size
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
    DYNAMODB_READ_CONSISTENCY    = var.dynamodb_read_consistency
  } : key => value if !local.on_postgres }

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
      AUTH_MODE              = var.auth_mode
      ALLOW_UNAUTHENTICATED  = tostring(var.allow_unauthenticated)
      AUTH_JWKS_URL          = var.auth_mode == "jwt" ? var.auth_jwks_url : null
      AUTH_JWT_ISSUER        = var.auth_mode == "jwt" ? var.auth_jwt_issuer : null
      AUTH_JWT_AUDIENCE      = var.auth_mode == "jwt" ? var.auth_jwt_audience : null
      CORS_ORIGINS           = length(var.cors_origins) > 0 ? join(",", sort(var.cors_origins)) : null
    } : key => value if value != null },
    local.postgres_environment,
    local.dynamodb_environment,
  )

  service_secrets = { for key, value in {
    AUTH_JWT_SECRET = local.makes_jwt_secret ? one(aws_secretsmanager_secret.auth_jwt[*].arn) : var.auth_jwt_secret_arn
  } : key => value if local.needs_jwt_secret }

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
