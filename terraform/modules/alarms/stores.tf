locals {
  # Table and index throttle apart, and an index that throttles holds back writes to its table: each gets an alarm.
  throttles = merge([
    for label, names in var.dynamodb_tables : merge([
      for metric, short in { ReadThrottleEvents = "read", WriteThrottleEvents = "write" } : {
        "${label}-table-${short}"               = { metric = metric, dimensions = { TableName = names.table } }
        "${label}-index-${short}"               = { metric = metric, dimensions = { TableName = names.table, GlobalSecondaryIndexName = names.index } }
      }
    ]...)
  ]...)

  # SystemErrors is counted by operation. These are the operations the service uses, with the id each has in the sum.
  operations = {
    carts     = { get = "GetItem", batchget = "BatchGetItem", put = "PutItem", transact = "TransactWriteItems", query = "Query" }
    catalogue = { get = "GetItem", batchget = "BatchGetItem", query = "Query", put = "PutItem", delete = "DeleteItem", batchwrite = "BatchWriteItem" }
  }

  database_alarms = {
    cpu = {
      metric = "CPUUtilization", statistic = "Average", comparison = "GreaterThanThreshold", threshold = 80, periods = 10
      text   = "The database's CPU is above 80 % for ten minutes."
    }
    storage = {
      metric = "FreeStorageSpace", statistic = "Minimum", comparison = "LessThanThreshold", threshold = try(var.database.storage_gib, 20) * 1073741824 / 10, periods = 5
      text   = "Less than a tenth of the storage the database started with is free, and RDS has not grown it."
    }
    connections = {
      metric = "DatabaseConnections", statistic = "Maximum", comparison = "GreaterThanThreshold", threshold = floor(try(var.database.max_connections, 100) * 0.8), periods = 5
      text   = "More than 80 % of the database's connections are taken."
    }
    memory = {
      metric = "FreeableMemory", statistic = "Minimum", comparison = "LessThanThreshold", threshold = 134217728, periods = 10
      text   = "Less than 128 MiB of the database's memory is free for ten minutes."
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "throttles" {
  for_each = local.throttles

  alarm_name          = "${var.name}-throttles-${each.key}"
  alarm_description   = "DynamoDB refuses requests: a ceiling is reached, or one cart or customer is too busy for a partition."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  namespace   = "AWS/DynamoDB"
  metric_name = each.value.metric
  dimensions  = each.value.dimensions
  statistic   = "Sum"
  period      = 60
}

resource "aws_cloudwatch_metric_alarm" "system_errors" {
  for_each = var.dynamodb_tables

  alarm_name          = "${var.name}-system-errors-${each.key}"
  alarm_description   = "DynamoDB itself fails requests to ${each.value.table}."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  metric_query {
    id          = "total"
    label       = "System errors"
    expression  = join(" + ", [for id in keys(local.operations[each.key]) : "FILL(${id}, 0)"])
    return_data = true
  }

  dynamic "metric_query" {
    for_each = local.operations[each.key]

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/DynamoDB"
        metric_name = "SystemErrors"
        dimensions  = { TableName = each.value.table, Operation = metric_query.value }
        period      = 60
        stat        = "Sum"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "database" {
  for_each = { for key, alarm in local.database_alarms : key => alarm if var.database != null }

  alarm_name          = "${var.name}-database-${each.key}"
  alarm_description   = each.value.text
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  evaluation_periods  = each.value.periods
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  namespace   = "AWS/RDS"
  metric_name = each.value.metric
  dimensions  = { DBInstanceIdentifier = var.database.identifier }
  statistic   = each.value.statistic
  period      = 60
}
