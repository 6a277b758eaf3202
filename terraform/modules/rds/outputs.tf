output "identifier" {
  description = "The instance as CloudWatch and the RDS commands name it."
  value       = aws_db_instance.this.identifier
}

output "endpoint" {
  description = "Host name and port of the database, as host:port."
  value       = aws_db_instance.this.endpoint
}

output "service_url" {
  description = "What the service connects to: no password in it, since it logs in with IAM tokens."
  value       = "postgres://${local.service_user}@${aws_db_instance.this.endpoint}/${local.database}"
}

output "owner_url" {
  description = "What the migration task connects to, without the password, which it takes from the managed secret."
  value       = "postgres://${local.master_username}@${aws_db_instance.this.endpoint}/${local.database}"
}

output "service_user" {
  description = "Database user of the service; the migration task creates it and lets it log in with IAM tokens."
  value       = local.service_user
}

output "connect_arn" {
  description = "What the task role may rds-db:connect to: this instance, as the service's user."
  value       = "arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:dbuser:${aws_db_instance.this.resource_id}/${local.service_user}"
}

output "master_secret_arn" {
  description = "Secret in which RDS keeps the owner's name and password."
  value       = aws_db_instance.this.master_user_secret[0].secret_arn
}

output "max_connections" {
  description = "PostgreSQL's max_connections."
  value       = var.max_connections
}
