locals {
  name           = var.name
  container_port = 8080

  # What new tasks are told of: one store, and while carts are moved to the other one, both.
  on_postgres = contains([var.cart_store_type, coalesce(var.cart_store_move_to, "none")], "postgres")
  on_dynamodb = contains([var.cart_store_type, coalesce(var.cart_store_move_to, "none")], "dynamodb")
  moving      = var.cart_store_move_to != null

  # What tasks may reach: also what those still use that are about to go.
  stores_in_use   = toset(compact([var.cart_store_type, var.cart_store_move_to, var.cart_store_leaving]))
  postgres_in_use = contains(local.stores_in_use, "postgres")
  dynamodb_in_use = contains(local.stores_in_use, "dynamodb")

  image = coalesce(var.container_image, "${module.ecr.repository_url}@${coalesce(var.image_digest, "none")}")

  # One set of tasks, or two; what runs in each, and its share of the requests.
  releases = merge(
    { blue = { image = local.image, percent = 100 - try(var.green.percent, 0) } },
    { for color, green in { green = var.green } : color => {
      image                       = "${split("@", local.image)[0]}@${green.image_digest}"
      percent                     = green.percent
    } if green != null },
  )

  # A shared secret is needed where tokens are checked without an issuer's public keys.
  needs_jwt_secret = var.auth_mode == "jwt" && var.auth_jwks_url == null
  makes_jwt_secret = local.needs_jwt_secret && var.auth_jwt_secret_arn == null
}

module "network" {
  source = "./modules/network"

  name                    = local.name
  vpc_cidr                = var.vpc_cidr
  availability_zone_count = var.availability_zone_count
  egress                  = var.egress
  allowed_cidr_blocks     = var.allowed_cidr_blocks
  https                   = var.certificate_arn != null
  container_port          = local.container_port
  tasks_reach_database    = local.postgres_in_use
  metrics                 = var.metrics
  collector_ports         = local.otlp_ports
  flow_logs_enabled       = var.flow_logs_enabled
  log_retention_days      = var.log_retention_days
}

module "logging" {
  source = "./modules/logging"

  name               = local.name
  log_retention_days = var.log_retention_days
  access_log_days    = var.access_logs.days
  force_destroy      = !var.deletion_protection
}

module "ecr" {
  source = "./modules/ecr"

  name         = local.name
  force_delete = !var.deletion_protection
}

module "alb" {
  source = "./modules/alb"

  name                         = local.name
  vpc_id                       = module.network.vpc_id
  subnet_ids                   = module.network.public_subnet_ids
  security_group_id            = module.network.alb_security_group_id
  certificate_arn              = var.certificate_arn
  web_acl_arn                  = var.web_acl_arn
  container_port               = local.container_port
  deregistration_delay_seconds = var.shutdown.deregistration
  percents                     = { for color, release in local.releases : color => release.percent }
  access_logs_enabled          = var.access_logs.enabled
  access_logs_bucket           = module.logging.access_logs_bucket
  access_logs_prefix           = module.logging.access_logs_prefix
  deletion_protection          = var.deletion_protection
}

module "rds" {
  source = "./modules/rds"
  count  = var.create_postgres ? 1 : 0

  name                        = local.name
  subnet_ids                  = module.network.database_subnet_ids
  security_group_id           = module.network.database_security_group_id
  identifier                  = var.postgres_identifier
  snapshot_identifier         = var.postgres_snapshot_identifier
  engine_version              = var.postgres_version
  allow_major_version_upgrade = var.postgres_allow_major_version_upgrade
  apply_immediately           = var.postgres_apply_immediately
  instance_class              = var.postgres_instance_class
  multi_az                    = var.postgres_multi_az
  storage_gib                 = var.postgres_storage_gib
  backup_retention_days       = var.postgres_backup_retention_days
  max_connections             = var.postgres_max_connections
  deletion_protection         = var.deletion_protection
  final_snapshot              = var.deletion_protection
  kms_key_arn                 = var.kms_key_arn
  log_retention_days          = var.log_retention_days
}

module "dynamodb" {
  source = "./modules/dynamodb"
  count  = var.create_dynamodb ? 1 : 0

  service_name            = var.service_name
  carts_table_name        = var.dynamodb_carts_table_name
  products_table          = var.dynamodb_products_table
  point_in_time_recovery  = var.dynamodb_point_in_time_recovery
  deletion_protection     = var.deletion_protection
  kms_key_arn             = var.kms_key_arn
  max_read_request_units  = var.dynamodb_max_request_units.read
  max_write_request_units = var.dynamodb_max_request_units.write
}

# Empty: its value is put in by hand (docs/deploy.md), so that it never stands in a state file.
resource "aws_secretsmanager_secret" "auth_jwt" {
  count = local.makes_jwt_secret ? 1 : 0

  name                    = "${local.name}/auth-jwt-secret"
  description             = "HS256 key that the service checks bearer tokens with"
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.deletion_protection ? 30 : 0
}

module "iam" {
  source = "./modules/iam"

  name                = local.name
  cart_stores         = local.stores_in_use
  moves_carts         = local.moving
  repository_arn      = module.ecr.repository_arn
  service_secret_arns = local.service_secrets
  kms_key_arn         = var.kms_key_arn
  log_group_arns      = { service = module.logging.service_log_group_arn, migration = module.logging.migration_log_group_arn }

  postgres = local.postgres_in_use ? {
    connect_arn       = module.rds[0].connect_arn
    master_secret_arn = module.rds[0].master_secret_arn
  } : null

  dynamodb = local.dynamodb_in_use ? {
    carts_table_arn     = module.dynamodb[0].dynamodb_table_arn
    customer_index_arn  = module.dynamodb[0].customer_index_arn
    catalog_index_arn   = module.dynamodb[0].catalog_index_arn
    catalogue_table_arn = module.dynamodb[0].catalogue_table_arn
    catalogue_index_arn = module.dynamodb[0].catalogue_index_arn
  } : null
}

module "alarms" {
  source = "./modules/alarms"

  name               = local.name
  alarm_email        = var.alarm_email
  p99_seconds        = var.alarm_p99_seconds
  monthly_budget_usd = var.monthly_budget_usd
  budget_tag_value   = var.service_name
  lines_per_minute   = var.alarm_lines_per_minute
  log_group_name     = module.logging.service_log_group_name
  load_balancer      = { arn_suffix = module.alb.arn_suffix, target_group_arn_suffixes = module.alb.target_group_arn_suffixes }

  dynamodb_tables = { for label, names in {
    carts     = { table = one(module.dynamodb[*].dynamodb_table_name), index = "CustomerIndex" }
    catalogue = { table = one(module.dynamodb[*].catalogue_table_name), index = "CatalogueIndex" }
  } : label => names if local.dynamodb_in_use }

  database = local.postgres_in_use ? {
    identifier      = module.rds[0].identifier
    max_connections = module.rds[0].max_connections
    storage_gib     = var.postgres_storage_gib.initial
  } : null
}

module "ecs" {
  source = "./modules/ecs"

  name = local.name
  releases = { for color, release in local.releases : color => {
    image                   = release.image
    target_group_arn        = module.alb.target_group_arns[color]
    requests_resource_label = "${module.alb.arn_suffix}/${module.alb.target_group_arn_suffixes[color]}"
  } }
  # Of two sets of tasks the next release is in the one that is not asked yet.
  migration_image       = local.releases[try(var.green.percent < 50, false) ? "green" : "blue"].image
  cpu_architecture      = var.cpu_architecture
  size                  = var.task_size
  tasks                 = var.tasks
  container_port        = local.container_port
  environment           = merge(local.service_environment, var.extra_environment)
  secrets               = local.service_secrets
  migration_environment = local.migration_environment
  migration_secrets     = local.migration_secrets
  move                  = local.moving ? { image = local.asked_image, environment = merge(local.service_environment, var.extra_environment), role = module.iam.move_role_arn } : null
  log_groups            = { service = module.logging.service_log_group_name, migration = module.logging.migration_log_group_name }
  subnet_ids            = module.network.private_subnet_ids
  security_group_id     = module.network.tasks_security_group_id
  scale_at              = var.scale_at
  stop_timeout_seconds  = var.shutdown.kill
  rollback_alarm_names  = module.alarms.rollback_alarm_names
  wait_for_steady_state = var.wait_for_steady_state

  roles = {
    task                = module.iam.task_role_arn
    execution           = module.iam.execution_role_arn
    migration           = module.iam.migration_role_arn
    migration_execution = module.iam.migration_execution_role_arn
  }
}

# While a release is rolling out, old and new tasks run side by side: twice the tasks, each worker with a pool of its own,
# and as much again for green.
# A fifth of the connections is left for the migration, for RDS itself and for people.
resource "terraform_data" "connection_budget" {
  input = local.connection_budget

  lifecycle {
    precondition {
      condition     = !local.postgres_in_use || local.connection_budget.needed <= local.connection_budget.allowed
      error_message = "${length(local.releases)} x ${var.tasks.max} tasks x 2 x ${var.workers} workers x ${var.database_pool_size} connections = ${local.connection_budget.needed}, more than 80 % of postgres_max_connections (${local.connection_budget.allowed}). Lower tasks.max or database_pool_size, or take a larger instance with more connections."
    }
  }
}

resource "terraform_data" "extra_environment" {
  input = sort(concat(keys(var.extra_environment), keys(var.extra_secrets)))

  lifecycle {
    precondition {
      condition     = length(local.set_twice) == 0
      error_message = "extra_environment and extra_secrets must not set what has a setting of its own here: ${join(", ", local.set_twice)}."
    }
  }
}
