output "topic_arn" {
  description = "SNS topic of the alarms; subscribe a pager to it."
  value       = aws_sns_topic.alarms.arn
}

output "rollback_alarm_names" {
  description = "Alarms that a bad release would raise; a deployment is rolled back by them."
  value = concat(
    [aws_cloudwatch_metric_alarm.server_errors.alarm_name, aws_cloudwatch_metric_alarm.p99.alarm_name],
    [for alarm in aws_cloudwatch_metric_alarm.lines : alarm.alarm_name],
  )
}

output "alarm_names" {
  description = "Every alarm, sorted."
  value = sort(concat(
    [
      aws_cloudwatch_metric_alarm.server_errors.alarm_name,
      aws_cloudwatch_metric_alarm.p99.alarm_name,
    ],
    [for alarm in aws_cloudwatch_metric_alarm.unhealthy : alarm.alarm_name],
    [for alarm in aws_cloudwatch_metric_alarm.no_hosts : alarm.alarm_name],
    [for alarm in aws_cloudwatch_metric_alarm.lines : alarm.alarm_name],
    [for alarm in aws_cloudwatch_metric_alarm.throttles : alarm.alarm_name],
    [for alarm in aws_cloudwatch_metric_alarm.system_errors : alarm.alarm_name],
    [for alarm in aws_cloudwatch_metric_alarm.database : alarm.alarm_name],
  ))
}

output "dashboard_name" {
  description = "CloudWatch dashboard."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}
