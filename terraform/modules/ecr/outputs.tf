output "repository_url" {
  description = "Address to push images to and to pull them from, without a tag."
  value       = aws_ecr_repository.this.repository_url
}

output "repository_arn" {
  description = "ARN of the repository, for the execution role."
  value       = aws_ecr_repository.this.arn
}
