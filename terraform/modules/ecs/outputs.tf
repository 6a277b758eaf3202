output "cluster_name" {
  description = "Name of the cluster."
  value       = aws_ecs_cluster.this.name
}

output "service_name" {
  description = "Name of the service in the cluster; of blue, where there is a green one beside it."
  value       = aws_ecs_service.this["blue"].name
}

output "migration_task_family" {
  description = "Task definition of the migration without a revision, which means the newest."
  value       = aws_ecs_task_definition.migration.family
}

output "move_task_family" {
  description = "Task definition of the task that moves carts, without a revision; there is none while no carts are moved."
  value       = "${var.name}-move"
}

output "service_container" {
  description = "Container definition of the service, decoded, for reading and for tests."
  value       = jsondecode(aws_ecs_task_definition.service["blue"].container_definitions)[0]
}

output "migration_container" {
  description = "Container definition of the migration, decoded, for reading and for tests."
  value       = jsondecode(aws_ecs_task_definition.migration.container_definitions)[0]
}

output "move_container" {
  description = "Container definition of the task that moves carts, decoded, for reading and for tests; null while none are moved."
  value       = try(jsondecode(aws_ecs_task_definition.move[0].container_definitions)[0], null)
}
