output "task_role_arn" {
  description = "Role of the service's code. It waits for its policy, so that no task starts without rights."
  value       = aws_iam_role.task.arn
  depends_on  = [aws_iam_role_policy.task]
}

output "execution_role_arn" {
  description = "Role with which Fargate starts the service."
  value       = aws_iam_role.execution.arn
  depends_on  = [aws_iam_role_policy.execution]
}

output "migration_role_arn" {
  description = "Role of the migration task's code."
  value       = aws_iam_role.migration.arn
  depends_on  = [aws_iam_role_policy.migration]
}

output "move_role_arn" {
  description = "Role of the code that moves carts; null while none are moved."
  value       = one(aws_iam_role.move[*].arn)
  depends_on  = [aws_iam_role_policy.move]
}

output "migration_execution_role_arn" {
  description = "Role with which Fargate starts one-off tasks."
  value       = aws_iam_role.migration_execution.arn
  depends_on  = [aws_iam_role_policy.migration_execution]
}

output "policies" {
  description = "Every policy given to a role here, as JSON by the role's purpose, for reading and for tests. Null where a role has none, or there is no such role."
  value = {
    task                = aws_iam_role_policy.task.policy
    execution           = aws_iam_role_policy.execution.policy
    migration           = one(aws_iam_role_policy.migration[*].policy)
    move                = one(aws_iam_role_policy.move[*].policy)
    migration_execution = aws_iam_role_policy.migration_execution.policy
  }
}
