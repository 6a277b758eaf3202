output "vpc_id" {
  description = "Id of the VPC."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "Subnets with a route to the internet, one per zone; the load balancer and the NAT gateways stand there."
  value       = [for subnet in aws_subnet.public : subnet.id]
}

output "private_subnet_ids" {
  description = "Subnets of the tasks, one per zone."
  value       = [for subnet in aws_subnet.private : subnet.id]
}

output "database_subnet_ids" {
  description = "Subnets of the database, one per zone, without a route out of the VPC."
  value       = [for subnet in aws_subnet.database : subnet.id]
}

output "alb_security_group_id" {
  description = "Security group of the load balancer."
  value       = aws_security_group.alb.id
}

output "tasks_security_group_id" {
  description = "Security group of the service's tasks."
  value       = aws_security_group.tasks.id
}

output "database_security_group_id" {
  description = "Security group of the database."
  value       = aws_security_group.database.id
}

output "nat_gateway_count" {
  description = "Number of NAT gateways, each billed by the hour."
  value       = length(aws_nat_gateway.this)
}

output "database_is_reachable" {
  description = "Whether the tasks may open connections to the database."
  value       = length(aws_vpc_security_group_ingress_rule.database_from_tasks) == 1
}

output "subnet_cidrs" {
  description = "IPv4 ranges of all subnets."
  value       = concat(values(local.public_cidrs), values(local.private_cidrs), values(local.database_cidrs))
}

output "metrics_readers" {
  description = "IPv4 ranges that may read the tasks' metrics."
  value       = [for rule in aws_vpc_security_group_ingress_rule.tasks_from_readers : rule.cidr_ipv4]
}

output "ports_to_collector" {
  description = "TCP ports on which the tasks reach a collector of traces in this VPC."
  value       = [for rule in aws_vpc_security_group_egress_rule.tasks_to_collector : rule.from_port]
}
