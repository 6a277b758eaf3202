variable "name" {
  description = "Name of cluster, service and task family, in lower case."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,19}$", var.name))
    error_message = "name: 1 to 20 lower-case letters, digits and hyphens, a letter first; given: ${var.name}."
  }
}

variable "releases" {
  description = "The sets of tasks, blue and perhaps green: the image of each, by digest, its target group, and both as autoscaling names them: <lb arn_suffix>/<target group arn_suffix>."
  type        = map(object({ image = string, target_group_arn = string, requests_resource_label = string }))
  nullable    = false

  validation {
    condition     = contains(keys(var.releases), "blue") && length(setsubtract(keys(var.releases), ["blue", "green"])) == 0
    error_message = "releases: blue, or blue and green; given: ${join(", ", keys(var.releases))}."
  }

  validation {
    condition     = alltrue([for release in values(var.releases) : can(regex("@sha256:[0-9a-f]{64}$", release.image))])
    error_message = "releases: images by digest, name@sha256:…; given: ${join(", ", values(var.releases)[*].image)}."
  }

  validation {
    condition     = alltrue([for release in values(var.releases) : can(regex("^arn:[a-z-]+:elasticloadbalancing:", release.target_group_arn)) && can(regex("^app/.+/targetgroup/", release.requests_resource_label))])
    error_message = "releases: the ARN of a target group, and app/…/targetgroup/… ."
  }
}

variable "migration_image" {
  description = "Image of the migration task, by digest: that of the release which comes next."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.migration_image))
    error_message = "migration_image: by digest, name@sha256:…; given: ${var.migration_image}."
  }
}

variable "cpu_architecture" {
  description = "Processor of the tasks, ARM64 (Graviton) or X86_64; the image must be built for it."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["ARM64", "X86_64"], var.cpu_architecture)
    error_message = "cpu_architecture: ARM64 or X86_64; given: ${var.cpu_architecture}."
  }
}

variable "size" {
  description = "Size of one task: CPU units (1024 is one virtual CPU) and memory in MiB, one of Fargate's pairs."
  type        = object({ cpu = number, memory = number })
  nullable    = false

  validation {
    condition = anytrue([
      var.size.cpu == 256 && contains([512, 1024, 2048], var.size.memory),
      var.size.cpu == 512 && contains([1024, 2048, 3072, 4096], var.size.memory),
      var.size.cpu == 1024 && var.size.memory >= 2048 && var.size.memory <= 8192 && var.size.memory % 1024 == 0,
      var.size.cpu == 2048 && var.size.memory >= 4096 && var.size.memory <= 16384 && var.size.memory % 1024 == 0,
      var.size.cpu == 4096 && var.size.memory >= 8192 && var.size.memory <= 30720 && var.size.memory % 1024 == 0,
    ])
    error_message = "size: a pair that Fargate offers, such as 512/1024 or 1024/2048; given: ${var.size.cpu}/${var.size.memory}."
  }
}

variable "tasks" {
  description = "Fewest and most tasks that autoscaling keeps."
  type        = object({ min = number, max = number })
  nullable    = false

  validation {
    condition     = var.tasks.min >= 1 && var.tasks.max >= var.tasks.min && var.tasks.max <= 100
    error_message = "tasks: 1 <= min <= max <= 100; given: min ${var.tasks.min}, max ${var.tasks.max}."
  }
}

variable "container_port" {
  description = "TCP port the service listens on."
  type        = number
  nullable    = false

  validation {
    condition     = var.container_port >= 1024 && var.container_port <= 65535
    error_message = "container_port: 1024 to 65535; given: ${var.container_port}."
  }
}

variable "environment" {
  description = "Environment of the service, without secrets."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.environment) : !can(regex("SECRET|PASSWORD|TOKEN(_|$)|KEY$", key))])
    error_message = "environment: secrets belong into `secrets`, by ARN."
  }
}

variable "secrets" {
  description = "Secrets of the service's environment: the variable's name to the secret's ARN."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.secrets) : can(regex("^arn:[a-z-]+:(secretsmanager|ssm):", arn))])
    error_message = "secrets: ARNs of Secrets Manager secrets or SSM parameters."
  }
}

variable "migration_environment" {
  description = "Environment of the migration task, without secrets."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.migration_environment) : !can(regex("SECRET|PASSWORD|TOKEN(_|$)|KEY$", key))])
    error_message = "migration_environment: secrets belong into `migration_secrets`, by ARN."
  }
}

variable "migration_secrets" {
  description = "Secrets of the migration task's environment: the variable's name to the secret's ARN, a JSON key behind it if need be."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.migration_secrets) : can(regex("^arn:[a-z-]+:(secretsmanager|ssm):", arn))])
    error_message = "migration_secrets: ARNs of Secrets Manager secrets or SSM parameters."
  }
}

variable "move" {
  description = "The task that moves carts to the other store: its image, by digest, its environment, and the ARN of its role; null while none are moved."
  type        = object({ image = string, environment = map(string), role = string })
  default     = null

  validation {
    condition     = var.move == null || can(regex("@sha256:[0-9a-f]{64}$", var.move.image))
    error_message = "move: an image by digest, name@sha256:…; given: ${try(var.move.image, "null")}."
  }

  validation {
    condition     = var.move == null || alltrue([for key in keys(try(var.move.environment, {})) : !can(regex("SECRET|PASSWORD|TOKEN(_|$)|KEY$", key))])
    error_message = "move: no secrets in its environment; it needs none."
  }
}

variable "roles" {
  description = "ARNs of the four roles: task and execution of the service, task and execution of the migration."
  type        = object({ task = string, execution = string, migration = string, migration_execution = string })
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.roles) : can(regex("^arn:[a-z-]+:iam::", arn))])
    error_message = "roles: ARNs of IAM roles."
  }
}

variable "log_groups" {
  description = "Names of the log groups of service and migration."
  type        = object({ service = string, migration = string })
  nullable    = false

  validation {
    condition     = alltrue([for name in values(var.log_groups) : length(name) > 0])
    error_message = "log_groups: must not be empty."
  }
}

variable "subnet_ids" {
  description = "Private subnets, in two zones at least."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids: in two zones at least; given: ${length(var.subnet_ids)}."
  }
}

variable "security_group_id" {
  description = "Security group of the tasks."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.security_group_id) > 0
    error_message = "security_group_id: must not be empty."
  }
}

variable "scale_at" {
  description = "What autoscaling aims at: mean CPU in percent, and requests per minute for each task."
  type        = object({ cpu_percent = number, requests_per_minute = number })
  nullable    = false

  validation {
    condition     = var.scale_at.cpu_percent >= 10 && var.scale_at.cpu_percent <= 90 && var.scale_at.requests_per_minute >= 60
    error_message = "scale_at: cpu_percent 10 to 90, requests_per_minute 60 or more; given: ${jsonencode(var.scale_at)}."
  }
}

variable "stop_timeout_seconds" {
  description = "Seconds between SIGTERM and SIGKILL."
  type        = number
  nullable    = false

  validation {
    condition     = var.stop_timeout_seconds >= 2 && var.stop_timeout_seconds <= 120
    error_message = "stop_timeout_seconds: 2 to 120, Fargate's limit; given: ${var.stop_timeout_seconds}."
  }
}

variable "rollback_alarm_names" {
  description = "Alarms that end a deployment and roll it back."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.rollback_alarm_names) > 0
    error_message = "rollback_alarm_names: one at least."
  }
}

variable "wait_for_steady_state" {
  description = "Whether apply waits until a deployment has gone through, and fails when it was rolled back."
  type        = bool
  nullable    = false
}
