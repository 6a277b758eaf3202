resource "aws_appautoscaling_target" "tasks" {
  for_each = var.releases

  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.this[each.key].name}"
  min_capacity       = var.tasks.min
  max_capacity       = var.tasks.max
}

resource "aws_appautoscaling_policy" "cpu" {
  for_each = var.releases

  name               = "${local.names[each.key]}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.tasks[each.key].service_namespace
  scalable_dimension = aws_appautoscaling_target.tasks[each.key].scalable_dimension
  resource_id        = aws_appautoscaling_target.tasks[each.key].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.scale_at.cpu_percent
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "requests" {
  for_each = var.releases

  name               = "${local.names[each.key]}-requests"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.tasks[each.key].service_namespace
  scalable_dimension = aws_appautoscaling_target.tasks[each.key].scalable_dimension
  resource_id        = aws_appautoscaling_target.tasks[each.key].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.scale_at.requests_per_minute
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = each.value.requests_resource_label
    }
  }
}

moved {
  from = aws_appautoscaling_target.tasks
  to   = aws_appautoscaling_target.tasks["blue"]
}

moved {
  from = aws_appautoscaling_policy.cpu
  to   = aws_appautoscaling_policy.cpu["blue"]
}

moved {
  from = aws_appautoscaling_policy.requests
  to   = aws_appautoscaling_policy.requests["blue"]
}
