# What only the service's log tells: its lines are JSON, one for each event (src/process/log.ts).

locals {
  lines = {
    faults = {
      metric  = "Faults"
      pattern = "{ $.level = \"error\" || $.level = \"fatal\" }"
      text    = "The log has more than ${var.lines_per_minute.faults} faults in two minutes of three: see its lines at the levels error and fatal."
      limit   = var.lines_per_minute.faults
    }
    # A deadline is a fault too. It may be what something else failed for.
    deadlines = {
      metric  = "Deadlines"
      pattern = "{ $.err.type = \"DeadlineExceeded\" || $.err.cause.type = \"DeadlineExceeded\" }"
      text    = "More than ${var.lines_per_minute.deadlines} requests missed their deadline in two minutes of three: the store is slow or away, or there are too few tasks."
      limit   = var.lines_per_minute.deadlines
    }
  }
}

resource "aws_cloudwatch_log_metric_filter" "lines" {
  for_each = local.lines

  name           = "${var.name}-${each.key}"
  log_group_name = var.log_group_name
  pattern        = each.value.pattern

  metric_transformation {
    name          = each.value.metric
    namespace     = var.name
    value         = "1"
    default_value = "0"
    unit          = "Count"
  }
}

resource "aws_cloudwatch_metric_alarm" "lines" {
  for_each = local.lines

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.text
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.limit
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  namespace   = var.name
  metric_name = aws_cloudwatch_log_metric_filter.lines[each.key].metric_transformation[0].name
  statistic   = "Sum"
  period      = 60
}
