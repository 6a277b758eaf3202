variable "name" {
  description = "Prefix of every name in this module, in lower case."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,19}$", var.name))
    error_message = "name: 1 to 20 lower-case letters, digits and hyphens, a letter first; given: ${var.name}."
  }
}

variable "identifier" {
  description = "What the database is called; null takes <name>-postgres."
  type        = string
  default     = null

  validation {
    condition     = var.identifier == null || can(regex("^[a-z](-?[a-z0-9]){0,62}$", var.identifier))
    error_message = "identifier: 1 to 63 lower-case letters, digits and single hyphens, a letter first and no hyphen last; given: ${coalesce(var.identifier, "null")}."
  }
}

variable "snapshot_identifier" {
  description = "Snapshot that a new database starts from; null for an empty one. It says nothing to a database that is there already."
  type        = string
  default     = null

  validation {
    condition     = var.snapshot_identifier == null || try(length(var.snapshot_identifier) > 0, false)
    error_message = "snapshot_identifier: must not be empty; null for an empty database."
  }
}

variable "allow_major_version_upgrade" {
  description = "Whether a change of engine_version is carried out on the database that is there."
  type        = bool
  nullable    = false
}

variable "apply_immediately" {
  description = "Whether changes that restart the database are made at once instead of in its maintenance window."
  type        = bool
  nullable    = false
}

variable "subnet_ids" {
  description = "Subnets of the database, in two zones at least."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids: RDS needs subnets in two zones at least; given: ${length(var.subnet_ids)}."
  }
}

variable "security_group_id" {
  description = "Security group of the database."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.security_group_id) > 0
    error_message = "security_group_id: must not be empty."
  }
}

variable "engine_version" {
  description = "Major version of PostgreSQL; RDS picks the minor one and keeps it up to date."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["17", "18"], var.engine_version)
    error_message = "engine_version: 17 or 18; given: ${var.engine_version}."
  }
}

variable "instance_class" {
  description = "RDS instance class, such as db.t4g.medium."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.instance_class))
    error_message = "instance_class: an RDS class such as db.t4g.medium; given: ${var.instance_class}."
  }
}

variable "multi_az" {
  description = "Whether a standby in a second zone takes over when the instance fails. It doubles the price of instance and storage."
  type        = bool
  nullable    = false
}

variable "storage_gib" {
  description = "Storage at the start and its limit, in GiB; RDS grows it by itself in between."
  type        = object({ initial = number, limit = number })
  nullable    = false

  validation {
    condition     = var.storage_gib.initial >= 20 && var.storage_gib.limit >= 1.1 * var.storage_gib.initial && var.storage_gib.limit <= 65536
    error_message = "storage_gib: initial 20 or more, limit at least a tenth above it and at most 65536; given: ${jsonencode(var.storage_gib)}."
  }
}

variable "backup_retention_days" {
  description = "Days that automated backups are kept, which is also how far back a point-in-time restore reaches."
  type        = number
  nullable    = false

  validation {
    condition     = var.backup_retention_days >= 1 && var.backup_retention_days <= 35 && floor(var.backup_retention_days) == var.backup_retention_days
    error_message = "backup_retention_days: a whole number from 1 to 35; given: ${var.backup_retention_days}."
  }
}

variable "max_connections" {
  description = "PostgreSQL's max_connections. RDS's own default is memory in bytes / 9531392, about 112 for each GiB; do not go above it."
  type        = number
  nullable    = false

  validation {
    condition     = var.max_connections >= 50 && var.max_connections <= 5000 && floor(var.max_connections) == var.max_connections
    error_message = "max_connections: a whole number from 50 to 5000; given: ${var.max_connections}."
  }
}

variable "deletion_protection" {
  description = "Whether the instance refuses to be deleted."
  type        = bool
  nullable    = false
}

variable "final_snapshot" {
  description = "Whether deleting the instance leaves a snapshot behind."
  type        = bool
  nullable    = false
}

variable "kms_key_arn" {
  description = "Customer-managed KMS key of storage, master secret and Performance Insights; null takes the keys that AWS manages in the account."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn: the ARN of a KMS key (not of an alias); given: ${coalesce(var.kms_key_arn, "null")}."
  }
}

variable "log_retention_days" {
  description = "Days PostgreSQL's logs are kept."
  type        = number
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days: a period CloudWatch Logs offers, such as 30, 90 or 365; given: ${var.log_retention_days}."
  }
}
