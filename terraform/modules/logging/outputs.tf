output "service_log_group_name" {
  description = "Log group of the service."
  value       = aws_cloudwatch_log_group.service.name
}

output "service_log_group_arn" {
  description = "ARN of the service's log group, without the trailing star."
  value       = aws_cloudwatch_log_group.service.arn
}

output "migration_log_group_name" {
  description = "Log group of the migration task."
  value       = aws_cloudwatch_log_group.migration.name
}

output "migration_log_group_arn" {
  description = "ARN of the migration task's log group, without the trailing star."
  value       = aws_cloudwatch_log_group.migration.arn
}

output "access_logs_bucket" {
  description = "Bucket of the load balancer's access logs; ready for writing once its policy is there."
  value       = aws_s3_bucket_policy.access_logs.bucket
}

output "access_logs_prefix" {
  description = "Prefix in that bucket which the bucket's policy lets the load balancer write under."
  value       = "alb"
}
