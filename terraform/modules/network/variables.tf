variable "name" {
  description = "Prefix of every name in this module, in lower case."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,19}$", var.name))
    error_message = "name: 1 to 20 lower-case letters, digits and hyphens, a letter first; given: ${var.name}."
  }
}

variable "vpc_cidr" {
  description = "IPv4 range of the VPC. Each zone takes three subnets out of it: /24 of a /16, /27 of anything smaller than a /19."
  type        = string
  nullable    = false

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr)) && try(tonumber(split("/", var.vpc_cidr)[1]), 0) >= 16 && try(tonumber(split("/", var.vpc_cidr)[1]), 99) <= 23
    error_message = "vpc_cidr: an IPv4 range from /16 to /23; given: ${var.vpc_cidr}."
  }
}

variable "availability_zone_count" {
  description = "Number of availability zones the subnets spread over."
  type        = number
  nullable    = false

  validation {
    condition     = contains([2, 3], var.availability_zone_count)
    error_message = "availability_zone_count: 2 or 3; given: ${var.availability_zone_count}."
  }
}

variable "egress" {
  description = "How tasks reach AWS services: nat_single (one NAT gateway), nat_per_zone (one in each zone) or endpoints (interface endpoints, no way to the internet)."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["nat_single", "nat_per_zone", "endpoints"], var.egress)
    error_message = "egress: nat_single, nat_per_zone or endpoints; given: ${var.egress}."
  }
}

variable "allowed_cidr_blocks" {
  description = "IPv4 ranges that may reach the load balancer."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.allowed_cidr_blocks) > 0 && alltrue([for c in var.allowed_cidr_blocks : can(cidrnetmask(c))])
    error_message = "allowed_cidr_blocks: at least one IPv4 range such as 203.0.113.0/24."
  }
}

variable "https" {
  description = "Whether the load balancer also listens on 443; port 80 is open either way (it redirects when this is true)."
  type        = bool
  nullable    = false
}

variable "container_port" {
  description = "TCP port the tasks listen on."
  type        = number
  nullable    = false

  validation {
    condition     = var.container_port >= 1024 && var.container_port <= 65535
    error_message = "container_port: 1024 to 65535, since the container does not run as root; given: ${var.container_port}."
  }
}

variable "tasks_reach_database" {
  description = "Whether the tasks may open connections to PostgreSQL. False while no carts are kept in it or moved to it."
  type        = bool
  nullable    = false
}

variable "metrics" {
  description = "TCP port of the tasks' metrics, 0 for none, and the IPv4 ranges that may read them."
  type        = object({ port = number, readers = set(string) })
  nullable    = false

  validation {
    condition     = alltrue([for range in var.metrics.readers : can(cidrnetmask(range))])
    error_message = "metrics: readers, IPv4 ranges such as 10.30.0.0/16; given: ${join(", ", var.metrics.readers)}."
  }
}

variable "collector_ports" {
  description = "TCP ports other than 443 on which the tasks send traces, in this VPC alone."
  type        = set(number)
  nullable    = false

  validation {
    condition     = alltrue([for port in var.collector_ports : port >= 1 && port <= 65535])
    error_message = "collector_ports: 1 to 65535; given: ${jsonencode(var.collector_ports)}."
  }
}

variable "flow_logs_enabled" {
  description = "Whether rejected and accepted connections of the VPC are logged."
  type        = bool
  nullable    = false
}

variable "log_retention_days" {
  description = "Days the flow logs are kept."
  type        = number
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days: a period CloudWatch Logs offers, such as 30, 90 or 365; given: ${var.log_retention_days}."
  }
}
