# Four roles, and a fifth while carts are moved. The service's task role holds what its code does, the two execution roles what
# Fargate does before the code runs (pull the image, fetch secrets, open the log), one for the service, one for one-off tasks.
# Only the latter reads the database owner's password.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  on_postgres = contains(var.cart_stores, "postgres")
  on_dynamodb = contains(var.cart_stores, "dynamodb")

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
  policy = local.task_policy
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
  count = local.on_dynamodb ? 1 : 0

  name   = "load-catalogue"
  role   = aws_iam_role.migration.id
  policy = local.catalogue_policy
}

resource "aws_iam_role" "move" {
  count = var.moves_carts ? 1 : 0

  name               = "${var.name}-move"
  description        = "What the task's code may do that moves carts from one store to the other"
  assume_role_policy = local.assume_role_policy
}

resource "aws_iam_role_policy" "move" {
  count = var.moves_carts ? 1 : 0

  name   = "both-cart-stores"
  role   = aws_iam_role.move[0].id
  policy = local.move_policy
}

resource "aws_iam_role" "migration_execution" {
  name               = "${var.name}-migration-execution"
  description        = "What Fargate does to start one-off tasks: image, owner's password, log"
  assume_role_policy = local.assume_role_policy
}

resource "aws_iam_role_policy" "migration_execution" {
  name   = "start-migration"
  role   = aws_iam_role.migration_execution.id
  policy = local.migration_execution_policy
}
