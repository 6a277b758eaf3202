data "aws_region" "current" {}

locals {
  # A log driver that blocks would stop the service with it; this one drops lines once its buffer is full.
  log_options = {
    "awslogs-region"        = data.aws_region.current.id
    "awslogs-stream-prefix" = "task"
    "mode"                  = "non-blocking"
    "max-buffer-size"       = "25m"
  }

  # Sorted, so that a plan shows a difference only where there is one.
  environment           = [for name in sort(keys(var.environment)) : { name = name, value = var.environment[name] }]
  secrets               = [for name in sort(keys(var.secrets)) : { name = name, valueFrom = var.secrets[name] }]
  migration_environment = [for name in sort(keys(var.migration_environment)) : { name = name, value = var.migration_environment[name] }]
  move_environment      = [for name in sort(keys(try(var.move.environment, {}))) : { name = name, value = var.move.environment[name] }]
  migration_secrets     = [for name in sort(keys(var.migration_secrets)) : { name = name, valueFrom = var.migration_secrets[name] }]

  # Blue bears the plain name, as a service does that has no green beside it.
  names = { for color in keys(var.releases) : color => color == "blue" ? var.name : "${var.name}-${color}" }

  hardened = {
    essential              = true
    user                   = "1000:1000"
    privileged             = false
    readonlyRootFilesystem = true
    linuxParameters        = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
    mountPoints            = []
    volumesFrom            = []
    systemControls         = []
  }
}

resource "aws_ecs_cluster" "this" {
  name = var.name

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_task_definition" "service" {
  for_each = var.releases

  # A revision that was replaced stays: a deployment that is rolled back starts its tasks again, and ECS starts none of one that
  # is inactive.
  skip_destroy = true

  family                   = local.names[each.key]
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.size.cpu
  memory                   = var.size.memory
  task_role_arn            = var.roles.task
  execution_role_arn       = var.roles.execution

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cpu_architecture
  }

  container_definitions = jsonencode([merge(local.hardened, {
    name         = "service"
    image        = each.value.image
    portMappings = [{ containerPort = var.container_port, hostPort = var.container_port, protocol = "tcp" }]
    environment  = local.environment
    secrets      = local.secrets
    stopTimeout  = var.stop_timeout_seconds

    healthCheck = {
      command     = ["CMD", "node", "-e", "fetch('http://127.0.0.1:${var.container_port}/livez').then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"]
      interval    = 15
      timeout     = 5
      retries     = 3
      startPeriod = 30
    }

    logConfiguration = {
      logDriver = "awslogs"
      options   = merge(local.log_options, { "awslogs-group" = var.log_groups.service })
    }
  })])
}

# Run by hand (or by a pipeline) before a release: see the command in the root module's outputs.
resource "aws_ecs_task_definition" "migration" {
  family                   = "${var.name}-migration"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  task_role_arn            = var.roles.migration
  execution_role_arn       = var.roles.migration_execution

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cpu_architecture
  }

  container_definitions = jsonencode([merge(local.hardened, {
    name         = "migration"
    image        = var.migration_image
    command      = ["node", "dist/tasks/migrate.js"]
    portMappings = []
    environment  = local.migration_environment
    secrets      = local.migration_secrets

    logConfiguration = {
      logDriver = "awslogs"
      options   = merge(local.log_options, { "awslogs-group" = var.log_groups.migration })
    }
  })])
}

# Run by hand while carts are moved from one store to the other, for as long as it takes. It says what it does in the log of
# the one-off tasks: a fault of its own must not roll back a release of the service.
resource "aws_ecs_task_definition" "move" {
  count = var.move == null ? 0 : 1

  family                   = "${var.name}-move"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  task_role_arn            = var.move.role
  execution_role_arn       = var.roles.migration_execution

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cpu_architecture
  }

  container_definitions = jsonencode([merge(local.hardened, {
    name         = "move"
    image        = var.move.image
    command      = ["node", "dist/tasks/move.js", "run"]
    portMappings = []
    environment  = local.move_environment
    secrets      = []
    stopTimeout  = var.stop_timeout_seconds

    logConfiguration = {
      logDriver = "awslogs"
      options   = merge(local.log_options, { "awslogs-group" = var.log_groups.migration })
    }
  })])
}

resource "aws_ecs_service" "this" {
  for_each = var.releases

  name                   = local.names[each.key]
  cluster                = aws_ecs_cluster.this.id
  task_definition        = aws_ecs_task_definition.service[each.key].arn
  launch_type            = "FARGATE"
  platform_version       = "LATEST"
  desired_count          = var.tasks.min
  enable_execute_command = false

  # A release doubles the tasks for a moment: new ones are up before old ones go.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = 60
  availability_zone_rebalancing      = "ENABLED"
  propagate_tags                     = "SERVICE"
  enable_ecs_managed_tags            = true
  wait_for_steady_state              = var.wait_for_steady_state

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [var.security_group_id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = each.value.target_group_arn
    container_name   = "service"
    container_port   = var.container_port
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  alarms {
    enable      = true
    rollback    = true
    alarm_names = var.rollback_alarm_names
  }

  lifecycle {
    # Autoscaling owns the number of tasks.
    ignore_changes = [desired_count]
  }
}

moved {
  from = aws_ecs_task_definition.service
  to   = aws_ecs_task_definition.service["blue"]
}

moved {
  from = aws_ecs_service.this
  to   = aws_ecs_service.this["blue"]
}
