locals {
  https = var.certificate_arn != null

  # A listener that sends everything to one group says so in fewer words, which AWS reports back as it was given.
  alone = length(var.percents) == 1 ? aws_lb_target_group.tasks["blue"].arn : null
}

resource "aws_lb" "this" {
  name               = "${var.name}-alb"
  load_balancer_type = "application"
  internal           = false
  subnets            = var.subnet_ids
  security_groups    = [var.security_group_id]

  # The service keeps idle connections for 65 s, longer than this, so that it never closes one the load balancer is about to use.
  idle_timeout               = 60
  drop_invalid_header_fields = true
  desync_mitigation_mode     = "defensive"
  enable_deletion_protection = var.deletion_protection

  access_logs {
    enabled = var.access_logs_enabled
    bucket  = var.access_logs_bucket
    prefix  = var.access_logs_prefix
  }
}

resource "aws_lb_target_group" "tasks" {
  for_each = var.percents

  # Six characters is what AWS leaves for a prefix. A fixed name could not be replaced while a listener uses it.
  name_prefix                   = substr(replace(var.name, "-", ""), 0, 6)
  vpc_id                        = var.vpc_id
  target_type                   = "ip"
  port                          = var.container_port
  protocol                      = "HTTP"
  deregistration_delay          = var.deregistration_delay_seconds
  load_balancing_algorithm_type = "least_outstanding_requests"

  # /startupz answers 503 until the database has answered the task once, so that a release that cannot reach it gets no
  # requests and is rolled back; after that it says only that the process answers. It does not ask the database again: one
  # that is away for a minute must not make the load balancer take every task out.
  health_check {
    path                = "/startupz"
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }

  lifecycle {
    create_before_destroy = true
  }
}

moved {
  from = aws_lb_target_group.tasks
  to   = aws_lb_target_group.tasks["blue"]
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = local.https ? "redirect" : "forward"
    target_group_arn = local.https ? null : local.alone

    dynamic "forward" {
      for_each = local.https || local.alone != null ? [] : [1]

      content {
        dynamic "target_group" {
          for_each = var.percents

          content {
            arn    = aws_lb_target_group.tasks[target_group.key].arn
            weight = target_group.value
          }
        }
      }
    }

    dynamic "redirect" {
      for_each = local.https ? [1] : []

      content {
        port        = "443"
        protocol    = "HTTPS"
        status_code = "HTTP_301"
      }
    }
  }
}

resource "aws_lb_listener" "https" {
  count = local.https ? 1 : 0

  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate_arn
  # TLS 1.2 and 1.3, forward secrecy only.
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type             = "forward"
    target_group_arn = local.alone

    dynamic "forward" {
      for_each = local.alone != null ? [] : [1]

      content {
        dynamic "target_group" {
          for_each = var.percents

          content {
            arn    = aws_lb_target_group.tasks[target_group.key].arn
            weight = target_group.value
          }
        }
      }
    }
  }
}

resource "aws_wafv2_web_acl_association" "this" {
  count = var.web_acl_arn == null ? 0 : 1

  resource_arn = aws_lb.this.arn
  web_acl_arn  = var.web_acl_arn
}
