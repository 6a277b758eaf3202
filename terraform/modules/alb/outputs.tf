output "dns_name" {
  description = "Host name of the load balancer; point a DNS alias or CNAME at it."
  value       = aws_lb.this.dns_name
}

output "zone_id" {
  description = "Hosted zone of that host name, for a Route 53 alias."
  value       = aws_lb.this.zone_id
}

output "url" {
  description = "Address of the service behind the load balancer's own host name. With HTTPS use your certificate's name instead."
  value       = "${local.https ? "https" : "http"}://${aws_lb.this.dns_name}"
}

# Only once a listener forwards to it can a target group be given to an ECS service.
output "target_group_arns" {
  description = "Target groups of the tasks, by color."
  value       = { for color, group in aws_lb_target_group.tasks : color => group.arn }
  depends_on  = [aws_lb_listener.http, aws_lb_listener.https]
}

output "arn_suffix" {
  description = "The load balancer as CloudWatch names it."
  value       = aws_lb.this.arn_suffix
}

output "target_group_arn_suffixes" {
  description = "The target groups as CloudWatch names them, by color."
  value       = { for color, group in aws_lb_target_group.tasks : color => group.arn_suffix }
}
