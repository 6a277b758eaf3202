output "url" {
  description = "Address of the service behind the load balancer's own host name. With HTTPS use your certificate's name instead."
  value       = module.alb.url
}

output "alb_dns_name" {
  description = "Host name of the load balancer; point a DNS alias or CNAME at it."
  value       = module.alb.dns_name
}

output "alb_zone_id" {
  description = "Hosted zone of that host name, for a Route 53 alias."
  value       = module.alb.zone_id
}

output "repository_url" {
  description = "Address to push images to, without a tag."
  value       = module.ecr.repository_url
}

output "cluster_name" {
  description = "ECS cluster."
  value       = module.ecs.cluster_name
}

output "ecs_service_name" {
  description = "ECS service in the cluster."
  value       = module.ecs.service_name
}

output "log_group_names" {
  description = "Log groups of the service and of the migration."
  value       = { service = module.logging.service_log_group_name, migration = module.logging.migration_log_group_name }
}

output "cart_store_type" {
  description = "Where the service keeps carts; while they are moved, where it keeps those that have not been."
  value       = var.cart_store_type
}

output "dynamodb_table_name" {
  description = "Name of the carts' table; null without DynamoDB."
  value       = one(module.dynamodb[*].dynamodb_table_name)
}

output "dynamodb_table_arn" {
  description = "ARN of the carts' table; null without DynamoDB."
  value       = one(module.dynamodb[*].dynamodb_table_arn)
}

output "dynamodb_catalogue_table_name" {
  description = "Name of the catalogue's table; null without DynamoDB."
  value       = one(module.dynamodb[*].catalogue_table_name)
}

output "dynamodb_products_table_name" {
  description = "Name of the table that version 0.1.0 keeps products in; null where there is none."
  value       = one(module.dynamodb[*].products_table_name)
}

output "postgres_endpoint" {
  description = "Host name and port of the database; null without PostgreSQL."
  value       = one(module.rds[*].endpoint)
}

output "postgres_identifier" {
  description = "The database as RDS's commands name it; null without PostgreSQL."
  value       = one(module.rds[*].identifier)
}

output "auth_jwt_secret_arn" {
  description = "Secret to put the HS256 key into; null where none was made."
  value       = one(aws_secretsmanager_secret.auth_jwt[*].arn)
}

output "migration_command" {
  description = "Brings the database's tables up to date, once; prints the task's ARN. Not needed on DynamoDB."
  value       = local.run_task["migration"]
}

output "seed_command" {
  description = "Loads the demo catalogue into the cart store, once; prints the task's ARN."
  value       = "${local.run_task["migration"]} --overrides '${jsonencode({ containerOverrides = [{ name = "migration", command = ["node", "dist/tasks/seed.js"] }] })}'"
}

output "move_commands" {
  description = "Steps of a move of the carts to cart_store_move_to, each a command that prints a task's ARN; null while none are moved. docs/move.md has their order."
  value       = local.move_commands
}

output "alarm_topic_arn" {
  description = "SNS topic of the alarms; subscribe a pager to it."
  value       = module.alarms.topic_arn
}

output "alarm_names" {
  description = "Every alarm, sorted."
  value       = module.alarms.alarm_names
}

output "dashboard_url" {
  description = "The CloudWatch dashboard."
  value       = "https://${var.aws_region}.console.aws.amazon.com/cloudwatch/home?region=${var.aws_region}#dashboards:name=${module.alarms.dashboard_name}"
}

output "service_environment" {
  description = "Environment of the service's container, without secrets."
  value       = tomap({ for variable in module.ecs.service_container.environment : variable.name => variable.value })
}

output "service_secrets" {
  description = "Secrets of the service's container: the variable's name to the secret's ARN."
  value       = tomap({ for secret in module.ecs.service_container.secrets : secret.name => secret.valueFrom })
}

output "policies" {
  description = "Policies of the task roles and execution roles, as JSON."
  value       = module.iam.policies
}

output "connection_budget" {
  description = "Database connections the tasks may need during a release, and how many they may take."
  value       = terraform_data.connection_budget.output
}
