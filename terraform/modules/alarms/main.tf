locals {
  # Blue bears the plain names, as a service does that has no green beside it.
  suffixes = { for color in keys(var.load_balancer.target_group_arn_suffixes) : color => color == "blue" ? "" : "-${color}" }
}

resource "aws_sns_topic" "alarms" {
  name = "${var.name}-alarms"
}

resource "aws_sns_topic_subscription" "email" {
  count = var.alarm_email == null ? 0 : 1

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

# One answer in fifty a server error, over two minutes, with enough requests for that to mean something.
resource "aws_cloudwatch_metric_alarm" "server_errors" {
  alarm_name          = "${var.name}-5xx"
  alarm_description   = "More than 2 % of requests end in a server error, from the load balancer or from a task."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 2
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  metric_query {
    id          = "percent"
    label       = "Server errors, percent of requests"
    expression  = "IF(FILL(requests, 0) >= 20, 100 * (FILL(balancer, 0) + FILL(target, 0)) / requests, 0)"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { requests = "RequestCount", balancer = "HTTPCode_ELB_5XX_Count", target = "HTTPCode_Target_5XX_Count" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = metric_query.value
        dimensions  = { LoadBalancer = var.load_balancer.arn_suffix }
        period      = 60
        stat        = "Sum"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "p99" {
  alarm_name          = "${var.name}-p99"
  alarm_description   = "The slowest of 100 requests takes more than ${var.p99_seconds} s."
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.p99_seconds
  evaluation_periods  = 3
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  namespace                             = "AWS/ApplicationELB"
  metric_name                           = "TargetResponseTime"
  dimensions                            = { LoadBalancer = var.load_balancer.arn_suffix }
  extended_statistic                    = "p99"
  evaluate_low_sample_count_percentiles = "ignore"
  period                                = 60
}

resource "aws_cloudwatch_metric_alarm" "unhealthy" {
  for_each = var.load_balancer.target_group_arn_suffixes

  alarm_name          = "${var.name}-unhealthy-hosts${local.suffixes[each.key]}"
  alarm_description   = "A task fails its health check on /startupz."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  namespace   = "AWS/ApplicationELB"
  metric_name = "UnHealthyHostCount"
  dimensions  = { LoadBalancer = var.load_balancer.arn_suffix, TargetGroup = each.value }
  statistic   = "Maximum"
  period      = 60
}

resource "aws_cloudwatch_metric_alarm" "no_hosts" {
  for_each = var.load_balancer.target_group_arn_suffixes

  alarm_name          = "${var.name}-no-healthy-hosts${local.suffixes[each.key]}"
  alarm_description   = "No task answers at all: the service is down."
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  evaluation_periods  = 3
  # No figure at all is what a load balancer without a registered task reports.
  treat_missing_data = "breaching"
  alarm_actions      = [aws_sns_topic.alarms.arn]
  ok_actions         = [aws_sns_topic.alarms.arn]

  namespace   = "AWS/ApplicationELB"
  metric_name = "HealthyHostCount"
  dimensions  = { LoadBalancer = var.load_balancer.arn_suffix, TargetGroup = each.value }
  statistic   = "Minimum"
  period      = 60
}

resource "aws_budgets_budget" "monthly" {
  count = var.monthly_budget_usd == null ? 0 : 1

  name         = "${var.name}-monthly"
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_unit   = "USD"
  limit_amount = tostring(var.monthly_budget_usd)

  cost_filter {
    name   = "TagKeyValue"
    values = [format("user:Service$%s", var.budget_tag_value)]
  }

  notification {
    notification_type          = "ACTUAL"
    comparison_operator        = "GREATER_THAN"
    threshold                  = 80
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = [var.alarm_email]
  }

  notification {
    notification_type          = "FORECASTED"
    comparison_operator        = "GREATER_THAN"
    threshold                  = 100
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = [var.alarm_email]
  }
}

moved {
  from = aws_cloudwatch_metric_alarm.unhealthy
  to   = aws_cloudwatch_metric_alarm.unhealthy["blue"]
}

moved {
  from = aws_cloudwatch_metric_alarm.no_hosts
  to   = aws_cloudwatch_metric_alarm.no_hosts["blue"]
}
