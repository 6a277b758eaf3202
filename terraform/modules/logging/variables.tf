variable "name" {
  description = "Prefix of every name in this module, in lower case."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,19}$", var.name))
    error_message = "name: 1 to 20 lower-case letters, digits and hyphens, a letter first; given: ${var.name}."
  }
}

variable "log_retention_days" {
  description = "Days the service's logs are kept."
  type        = number
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days: a period CloudWatch Logs offers, such as 30, 90 or 365; given: ${var.log_retention_days}."
  }
}

variable "access_log_days" {
  description = "Days the load balancer's access logs are kept, which hold ids of carts."
  type        = number
  nullable    = false

  validation {
    condition     = var.access_log_days >= 1 && var.access_log_days <= 3653 && floor(var.access_log_days) == var.access_log_days
    error_message = "access_log_days: a whole number from 1 to 3653; given: ${var.access_log_days}."
  }
}

variable "force_destroy" {
  description = "Whether destroying the bucket also deletes the access logs in it."
  type        = bool
  nullable    = false
}
