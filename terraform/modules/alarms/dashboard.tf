data "aws_region" "current" {}

locals {
  region = data.aws_region.current.id
  lb     = var.load_balancer.arn_suffix

  service_widgets = [
    {
      title   = "Requests and server errors"
      stat    = "Sum"
      metrics = [for metric in ["RequestCount", "HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"] : jsonencode(["AWS/ApplicationELB", metric, "LoadBalancer", local.lb])]
    },
    {
      title   = "Response time: p99 (s)"
      stat    = "p99"
      metrics = [jsonencode(["AWS/ApplicationELB", "TargetResponseTime", "LoadBalancer", local.lb])]
    },
    {
      title   = "Tasks: CPU and memory (%)"
      stat    = "Average"
      metrics = flatten([for suffix in values(local.suffixes) : [for metric in ["CPUUtilization", "MemoryUtilization"] : jsonencode(["AWS/ECS", metric, "ClusterName", var.name, "ServiceName", "${var.name}${suffix}"])]])
    },
    {
      title   = "Tasks that answer their health check"
      stat    = "Minimum"
      metrics = flatten([for group in values(var.load_balancer.target_group_arn_suffixes) : [for metric in ["HealthyHostCount", "UnHealthyHostCount"] : jsonencode(["AWS/ApplicationELB", metric, "LoadBalancer", local.lb, "TargetGroup", group])]])
    },
    {
      title   = "Faults, and deadlines that were missed (lines of the log)"
      stat    = "Sum"
      metrics = [for line in values(local.lines) : jsonencode([var.name, line.metric])]
    },
  ]

  dynamodb_widgets = flatten([for label, names in var.dynamodb_tables : [
    {
      title = "DynamoDB ${names.table}: units consumed"
      stat  = "Sum"
      metrics = flatten([for metric in ["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"] : [
        jsonencode(["AWS/DynamoDB", metric, "TableName", names.table]),
        jsonencode(["AWS/DynamoDB", metric, "TableName", names.table, "GlobalSecondaryIndexName", names.index]),
      ]])
    },
    {
      title = "DynamoDB ${names.table}: throttled"
      stat  = "Sum"
      metrics = flatten([for metric in ["ReadThrottleEvents", "WriteThrottleEvents"] : [
        jsonencode(["AWS/DynamoDB", metric, "TableName", names.table]),
        jsonencode(["AWS/DynamoDB", metric, "TableName", names.table, "GlobalSecondaryIndexName", names.index]),
      ]])
    },
    {
      title   = "DynamoDB ${names.table}: latency p99 (ms)"
      stat    = "p99"
      metrics = [for operation in values(local.operations[label]) : jsonencode(["AWS/DynamoDB", "SuccessfulRequestLatency", "TableName", names.table, "Operation", operation])]
    },
  ]])

  database_widgets = flatten([for database in var.database == null ? [] : [var.database] : [
    {
      title   = "PostgreSQL: CPU (%) and connections"
      stat    = "Maximum"
      metrics = [for metric in ["CPUUtilization", "DatabaseConnections"] : jsonencode(["AWS/RDS", metric, "DBInstanceIdentifier", database.identifier])]
    },
    {
      title   = "PostgreSQL: latency (s)"
      stat    = "Average"
      metrics = [for metric in ["ReadLatency", "WriteLatency"] : jsonencode(["AWS/RDS", metric, "DBInstanceIdentifier", database.identifier])]
    },
    {
      title   = "PostgreSQL: free storage (bytes)"
      stat    = "Minimum"
      metrics = [for metric in ["FreeStorageSpace"] : jsonencode(["AWS/RDS", metric, "DBInstanceIdentifier", database.identifier])]
    },
  ]])

  # Encoded one by one above, so that flatten leaves a metric's own list alone.
  widgets = [for widget in concat(local.service_widgets, local.dynamodb_widgets, local.database_widgets) : merge(widget, { metrics = [for metric in widget.metrics : jsondecode(metric)] })]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = [for i, widget in local.widgets : {
      type   = "metric"
      x      = 12 * (i % 2)
      y      = 6 * floor(i / 2)
      width  = 12
      height = 6
      properties = {
        title   = widget.title
        region  = local.region
        stat    = widget.stat
        period  = 60
        view    = "timeSeries"
        metrics = widget.metrics
      }
    }]
  })
}
