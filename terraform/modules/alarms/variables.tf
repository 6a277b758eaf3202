variable "name" {
  description = "Prefix of every name in this module, in lower case."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,19}$", var.name))
    error_message = "name: 1 to 20 lower-case letters, digits and hyphens, a letter first; given: ${var.name}."
  }
}

variable "alarm_email" {
  description = "Address that alarms and the budget are mailed to, after it has confirmed; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.alarm_email == null || can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", var.alarm_email))
    error_message = "alarm_email: one e-mail address; given: ${coalesce(var.alarm_email, "null")}."
  }
}

variable "load_balancer" {
  description = "The load balancer and its target groups, by color, as CloudWatch names them (arn_suffix)."
  type        = object({ arn_suffix = string, target_group_arn_suffixes = map(string) })
  nullable    = false

  validation {
    condition     = length(var.load_balancer.arn_suffix) > 0 && contains(keys(var.load_balancer.target_group_arn_suffixes), "blue")
    error_message = "load_balancer: must not be empty, and needs a blue target group."
  }
}

variable "log_group_name" {
  description = "Log group of the service."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.log_group_name) > 0
    error_message = "log_group_name: must not be empty."
  }
}

variable "lines_per_minute" {
  description = "Faults and missed deadlines that the log may have in a minute."
  type        = object({ faults = number, deadlines = number })
  nullable    = false

  validation {
    condition     = alltrue([for count in values(var.lines_per_minute) : count >= 0 && count <= 100 && floor(count) == count])
    error_message = "lines_per_minute: whole numbers from 0 to 100; given: ${jsonencode(var.lines_per_minute)}."
  }
}

variable "p99_seconds" {
  description = "Response time that 99 of 100 requests must stay under, in seconds."
  type        = number
  nullable    = false

  validation {
    condition     = var.p99_seconds > 0 && var.p99_seconds <= 60
    error_message = "p99_seconds: above 0, at most 60; given: ${var.p99_seconds}."
  }
}

variable "dynamodb_tables" {
  description = "Tables to watch: a label to the table's name and its index's. Empty while the carts are kept in PostgreSQL."
  type        = map(object({ table = string, index = string }))
  nullable    = false

  validation {
    condition     = alltrue([for label in keys(var.dynamodb_tables) : can(regex("^[a-z]+$", label))])
    error_message = "dynamodb_tables: labels of lower-case letters."
  }
}

variable "database" {
  description = "Database instance to watch, with its limits; null while the carts are kept in DynamoDB."
  type        = object({ identifier = string, max_connections = number, storage_gib = number })
  default     = null

  validation {
    condition     = try(var.database.max_connections > 0 && var.database.storage_gib > 0, var.database == null)
    error_message = "database: max_connections and storage_gib must be above 0."
  }
}

variable "monthly_budget_usd" {
  description = "Monthly cost in US dollars at 80 % of which, or when a forecast passes all of it, a mail is sent; null for no budget."
  type        = number
  default     = null

  validation {
    condition     = var.monthly_budget_usd == null || try(var.monthly_budget_usd > 0, false)
    error_message = "monthly_budget_usd: above 0, or null; given: ${coalesce(var.monthly_budget_usd, "null")}."
  }

  validation {
    condition     = var.monthly_budget_usd == null || var.alarm_email != null
    error_message = "monthly_budget_usd: needs alarm_email, the address the budget's mails go to."
  }
}

variable "budget_tag_value" {
  description = "Value of the tag `Service` by which the budget counts costs (activate it as a cost allocation tag in the billing console)."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.budget_tag_value) > 0
    error_message = "budget_tag_value: must not be empty."
  }
}
