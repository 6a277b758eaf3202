variable "name" {
  description = "Prefix of every name in this module, in lower case."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,19}$", var.name))
    error_message = "name: 1 to 20 lower-case letters, digits and hyphens, a letter first; given: ${var.name}."
  }
}

variable "cart_stores" {
  description = "Where tasks keep carts: one store, and the other one too while carts are moved to it or tasks still use it. Roles are given the rights of these and of no other."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.cart_stores) > 0 && length(setsubtract(var.cart_stores, ["postgres", "dynamodb"])) == 0
    error_message = "cart_stores: postgres, dynamodb or both; given: ${join(", ", var.cart_stores)}."
  }
}

variable "moves_carts" {
  description = "Whether there is the role of the task that moves carts from one store to the other."
  type        = bool
  nullable    = false
}

variable "dynamodb" {
  description = "ARNs of the DynamoDB tables and of their indexes; null where there are none. catalog_index_arn is the index of the first release's products, null without them."
  type = object({
    carts_table_arn     = string
    customer_index_arn  = string
    catalog_index_arn   = string
    catalogue_table_arn = string
    catalogue_index_arn = string
  })
  default = null

  validation {
    condition     = var.dynamodb == null || alltrue([for arn in values(coalesce(var.dynamodb, {})) : try(!strcontains(arn, "*"), arn == null)])
    error_message = "dynamodb: whole ARNs, without a *."
  }
}

variable "postgres" {
  description = "What the service's database user is called in IAM (rds-db ARN) and the ARN of the owner's secret; null where there is no database."
  type = object({
    connect_arn       = string
    master_secret_arn = string
  })
  default = null

  validation {
    condition     = var.postgres == null || alltrue([for arn in values(coalesce(var.postgres, {})) : !strcontains(arn, "*")])
    error_message = "postgres: whole ARNs, without a *."
  }
}

variable "repository_arn" {
  description = "ARN of the registry's repository that images are pulled from."
  type        = string
  nullable    = false

  validation {
    condition     = !strcontains(var.repository_arn, "*")
    error_message = "repository_arn: a whole ARN, without a *; given: ${var.repository_arn}."
  }
}

variable "log_group_arns" {
  description = "ARNs of the log groups, without a trailing star: the service's and the migration task's."
  type        = object({ service = string, migration = string })
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.log_group_arns) : !strcontains(arn, "*")])
    error_message = "log_group_arns: whole ARNs, without a *."
  }
}

variable "service_secret_arns" {
  description = "ARNs of the secrets that are put into the service's environment, by the variable's name."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.service_secret_arns) : !strcontains(arn, "*")])
    error_message = "service_secret_arns: whole ARNs, without a *."
  }
}

variable "kms_key_arn" {
  description = "Customer-managed KMS key of tables and secrets; null where AWS's own keys are used, which need no rights."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn: the ARN of a KMS key (not of an alias); given: ${coalesce(var.kms_key_arn, "null")}."
  }
}
