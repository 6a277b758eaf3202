# Four roles. The service's task role holds what its code does, the two execution roles what Fargate does before the
# code runs (pull the image, fetch secrets, open the log), each for its own task. Only the migration's execution role
# reads the database owner's password.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  on_postgres = var.cart_store_type == "postgres"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = {
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id }
        ArnLike      = { "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:ecs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:*" }
      }
    }]
  })
}

resource "aws_iam_role" "task" {
  name               = "${var.name}-task"
  description        = "What the service's code may do"
  assume_role_policy = local.assume_role_policy
}

resource "aws_iam_role_policy" "task" {
  name   = "cart-store"
  role   = aws_iam_role.task.id
  policy = local.on_postgres ? local.postgres_policy : local.dynamodb_policy
}

resource "aws_iam_role" "execution" {
  name               = "${var.name}-execution"
  description        = "What Fargate does to start the service: image, secrets, log"
  assume_role_policy = local.assume_role_policy
}

resource "aws_iam_role_policy" "execution" {
  name   = "start-service"
  role   = aws_iam_role.execution.id
  policy = local.execution_policy
}

resource "aws_iam_role" "migration" {
  name               = "${var.name}-migration"
  description        = "What the migration task's code may do"
  assume_role_policy = local.assume_role_policy
}

# On PostgreSQL the migration works with the owner's password and needs no AWS rights at all.
resource "aws_iam_role_policy" "migration" {
  count = local.on_postgres ? 0 : 1

  name   = "load-catalogue"
  role   = aws_iam_role.migration.id
  policy = local.catalogue_policy
}

resource "aws_iam_role" "migration_execution" {
  name               = "${var.name}-migration-execution"
  description        = "What Fargate does to start the migration task: image, owner's password, log"
  assume_role_policy = local.assume_role_policy
}

resource "aws_iam_role_policy" "migration_execution" {
  name   = "start-migration"
  role   = aws_iam_role.migration_execution.id
  policy = local.migration_execution_policy
}
