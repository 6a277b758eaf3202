variable "name" {
  description = "Prefix of every name in this module, in lower case."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,19}$", var.name))
    error_message = "name: 1 to 20 lower-case letters, digits and hyphens, a letter first; given: ${var.name}."
  }
}

variable "vpc_id" {
  description = "VPC of the tasks."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.vpc_id) > 0
    error_message = "vpc_id: must not be empty."
  }
}

variable "subnet_ids" {
  description = "Public subnets, in two zones at least."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids: a load balancer needs subnets in two zones at least; given: ${length(var.subnet_ids)}."
  }
}

variable "security_group_id" {
  description = "Security group of the load balancer."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.security_group_id) > 0
    error_message = "security_group_id: must not be empty."
  }
}

variable "certificate_arn" {
  description = "ACM certificate for HTTPS; null serves plain HTTP, for trying it out only."
  type        = string
  default     = null

  validation {
    condition     = var.certificate_arn == null || can(regex("^arn:[a-z-]+:acm:", var.certificate_arn))
    error_message = "certificate_arn: the ARN of an ACM certificate in the load balancer's region; given: ${coalesce(var.certificate_arn, "null")}."
  }
}

variable "web_acl_arn" {
  description = "AWS WAF web ACL (regional) put in front of the load balancer; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.web_acl_arn == null || can(regex("^arn:[a-z-]+:wafv2:[a-z0-9-]+:[0-9]{12}:regional/", var.web_acl_arn))
    error_message = "web_acl_arn: the ARN of a regional WAFv2 web ACL; given: ${coalesce(var.web_acl_arn, "null")}."
  }
}

variable "container_port" {
  description = "TCP port the tasks listen on."
  type        = number
  nullable    = false

  validation {
    condition     = var.container_port >= 1024 && var.container_port <= 65535
    error_message = "container_port: 1024 to 65535; given: ${var.container_port}."
  }
}

variable "deregistration_delay_seconds" {
  description = "Seconds a leaving task is given to finish its requests."
  type        = number
  nullable    = false

  validation {
    condition     = var.deregistration_delay_seconds >= 5 && var.deregistration_delay_seconds <= 300
    error_message = "deregistration_delay_seconds: 5 to 300; given: ${var.deregistration_delay_seconds}."
  }
}

variable "percents" {
  description = "The sets of tasks, blue and perhaps green, and the percent of requests that each gets."
  type        = map(number)
  nullable    = false

  validation {
    condition     = contains(keys(var.percents), "blue") && length(setsubtract(keys(var.percents), ["blue", "green"])) == 0 && sum(values(var.percents)) == 100
    error_message = "percents: of blue, or of blue and green, 100 together; given: ${jsonencode(var.percents)}."
  }
}

variable "access_logs_enabled" {
  description = "Whether requests are logged in the bucket, with their whole addresses."
  type        = bool
  nullable    = false
}

variable "access_logs_bucket" {
  description = "Bucket of the access logs; its policy must be in place."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.access_logs_bucket) > 0
    error_message = "access_logs_bucket: must not be empty."
  }
}

variable "access_logs_prefix" {
  description = "Prefix in that bucket."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.access_logs_prefix) > 0 && !strcontains(var.access_logs_prefix, "AWSLogs")
    error_message = "access_logs_prefix: not empty, and without AWSLogs in it; given: ${var.access_logs_prefix}."
  }
}

variable "deletion_protection" {
  description = "Whether the load balancer refuses to be deleted."
  type        = bool
  nullable    = false
}
