# Where and under which name

variable "aws_region" {
  description = "AWS region of everything."
  type        = string
  default     = "us-west-2"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.aws_region))
    error_message = "aws_region: a region such as us-west-2; given: ${var.aws_region}."
  }
}

variable "name" {
  description = "Prefix of every name but the tables', in lower case as AWS wants it. Most of what bears it cannot be renamed: keep it once there is a deployment."
  type        = string
  default     = "cartwright"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$", var.name)) && !strcontains(var.name, "--")
    error_message = "name: 1 to 20 lower-case letters, digits and single hyphens, a letter first and no hyphen last; given: ${var.name}."
  }
}

variable "service_name" {
  description = "Prefix of the DynamoDB tables' names, as written, and the tag Service. Tables cannot be renamed: keep it once there are any."
  type        = string
  default     = "CS6650L2"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z]([A-Za-z0-9-]{0,18}[A-Za-z0-9])?$", var.service_name)) && !strcontains(var.service_name, "--")
    error_message = "service_name: 1 to 20 letters, digits and single hyphens, a letter first and no hyphen last; given: ${var.service_name}."
  }
}

variable "environment" {
  description = "What this deployment is for. production insists on HTTPS or plain_http, deletion protection, point-in-time recovery and a database backup of a week."
  type        = string
  default     = "production"
  nullable    = false

  validation {
    condition     = contains(["development", "staging", "production"], var.environment)
    error_message = "environment: development, staging or production; given: ${var.environment}."
  }
}

variable "tags" {
  description = "Further tags of everything."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.tags) <= 40
    error_message = "tags: at most 40, since AWS allows 50 and some are set here; given: ${length(var.tags)}."
  }
}

# The cart store

variable "cart_store_type" {
  description = "Where the service keeps carts: postgres or dynamodb. It decides environment, rights, security group rules and alarms, and neither creates nor deletes a store. Carts are not copied by changing it: see cart_store_move_to."
  type        = string
  default     = "postgres"
  nullable    = false

  validation {
    condition     = contains(["postgres", "dynamodb"], var.cart_store_type)
    error_message = "cart_store_type: postgres or dynamodb; given: ${var.cart_store_type}."
  }
}

variable "cart_store_move_to" {
  description = "The other store, to which carts are moved while the shop sells: postgres or dynamodb; null while none are. The service then has both stores' environment, rights and connections. docs/move.md has the steps."
  type        = string
  default     = null

  validation {
    condition     = var.cart_store_move_to == null || try(contains(["postgres", "dynamodb"], var.cart_store_move_to), false)
    error_message = "cart_store_move_to: postgres or dynamodb, or null; given: ${coalesce(var.cart_store_move_to, "null")}."
  }

  validation {
    condition     = var.cart_store_move_to == null || var.cart_store_move_to != var.cart_store_type
    error_message = "cart_store_move_to: must be the other store, not cart_store_type, where the carts are already; given: ${coalesce(var.cart_store_move_to, "null")}."
  }
}

variable "cart_store_move_phase" {
  description = "How far a move is: follow (carts stay where they are, and are followed where others have put them) or handover (carts are handed over as they are changed, and by the task); null while none are moved."
  type        = string
  default     = null

  validation {
    condition     = var.cart_store_move_phase == null || try(contains(["follow", "handover"], var.cart_store_move_phase), false)
    error_message = "cart_store_move_phase: follow or handover, or null; given: ${coalesce(var.cart_store_move_phase, "null")}."
  }

  validation {
    condition     = (var.cart_store_move_phase == null) == (var.cart_store_move_to == null)
    error_message = "cart_store_move_phase: goes with cart_store_move_to, both or neither; given: ${coalesce(var.cart_store_move_phase, "null")}, and cart_store_move_to ${coalesce(var.cart_store_move_to, "null")}."
  }
}

variable "cart_store_leaving" {
  description = "The store that new tasks do not use any more, while tasks that do are still running: they keep their rights and connections. Set at the end of a move for one apply; null once only new tasks are left."
  type        = string
  default     = null

  validation {
    condition     = var.cart_store_leaving == null || try(contains(["postgres", "dynamodb"], var.cart_store_leaving) && var.cart_store_leaving != var.cart_store_type, false)
    error_message = "cart_store_leaving: the store other than cart_store_type, postgres or dynamodb, or null; given: ${coalesce(var.cart_store_leaving, "null")}."
  }

  validation {
    condition     = var.cart_store_leaving == null || var.cart_store_move_to == null
    error_message = "cart_store_leaving: not while carts are moved, when both stores are in use anyway; given: ${coalesce(var.cart_store_leaving, "null")}."
  }
}

variable "create_postgres" {
  description = "Whether the RDS instance exists. Apart from cart_store_type, so that switching stores destroys no data."
  type        = bool
  default     = true
  nullable    = false

  validation {
    condition     = var.create_postgres || !contains([for store in [var.cart_store_type, var.cart_store_move_to, var.cart_store_leaving] : coalesce(store, "none")], "postgres")
    error_message = "create_postgres: must be true while cart_store_type, cart_store_move_to or cart_store_leaving is postgres."
  }
}

variable "create_dynamodb" {
  description = "Whether the DynamoDB tables exist; empty and idle they cost nothing. Apart from cart_store_type, so that switching stores destroys no data."
  type        = bool
  default     = true
  nullable    = false

  validation {
    condition     = var.create_dynamodb || !contains([for store in [var.cart_store_type, var.cart_store_move_to, var.cart_store_leaving] : coalesce(store, "none")], "dynamodb")
    error_message = "create_dynamodb: must be true while cart_store_type, cart_store_move_to or cart_store_leaving is dynamodb."
  }
}

variable "deletion_protection" {
  description = "Whether database, tables and load balancer refuse to be deleted, and registry and log bucket to be deleted while there is something in them."
  type        = bool
  default     = true
  nullable    = false

  validation {
    condition     = var.deletion_protection || var.environment != "production"
    error_message = "deletion_protection: must be true in production. To tear production down, first apply with environment = \"staging\"."
  }
}

variable "kms_key_arn" {
  description = "Customer-managed KMS key of tables, database and their secrets; null takes the keys that AWS manages in the account."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn: the ARN of a KMS key (not of an alias); given: ${coalesce(var.kms_key_arn, "null")}."
  }
}

# Network

variable "vpc_cidr" {
  description = "IPv4 range of the VPC, cut into subnets of /24, of a small range of /27, the least that a load balancer takes."
  type        = string
  default     = "10.20.0.0/16"
  nullable    = false

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr)) && try(tonumber(split("/", var.vpc_cidr)[1]) >= 16 && tonumber(split("/", var.vpc_cidr)[1]) <= 23, false)
    error_message = "vpc_cidr: an IPv4 range from /16 to /23; given: ${var.vpc_cidr}."
  }
}

variable "availability_zone_count" {
  description = "Number of availability zones, 2 or 3."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = contains([2, 3], var.availability_zone_count)
    error_message = "availability_zone_count: 2 or 3; given: ${var.availability_zone_count}."
  }
}

variable "egress" {
  description = "How tasks reach AWS services: nat_single (cheapest with a way to the internet; its zone is a single point of failure for outgoing traffic), nat_per_zone, or endpoints (interface endpoints, no internet)."
  type        = string
  default     = "nat_single"
  nullable    = false

  validation {
    condition     = contains(["nat_single", "nat_per_zone", "endpoints"], var.egress)
    error_message = "egress: nat_single, nat_per_zone or endpoints; given: ${var.egress}."
  }
}

variable "allowed_cidr_blocks" {
  description = "IPv4 ranges that may reach the load balancer."
  type        = set(string)
  default     = ["0.0.0.0/0"]
  nullable    = false

  validation {
    condition     = length(var.allowed_cidr_blocks) > 0 && alltrue([for c in var.allowed_cidr_blocks : can(cidrnetmask(c))])
    error_message = "allowed_cidr_blocks: at least one IPv4 range such as 203.0.113.0/24."
  }
}

variable "flow_logs_enabled" {
  description = "Whether the VPC logs its connections."
  type        = bool
  default     = true
  nullable    = false
}

variable "certificate_arn" {
  description = "ACM certificate for HTTPS, in aws_region; null serves plain HTTP, which production does only where plain_http says so."
  type        = string
  default     = null

  validation {
    condition     = var.certificate_arn == null || can(regex("^arn:[a-z-]+:acm:", var.certificate_arn))
    error_message = "certificate_arn: the ARN of an ACM certificate; given: ${coalesce(var.certificate_arn, "null")}."
  }
}

variable "plain_http" {
  description = "Whether production may speak plain HTTP, where tokens and the ids of guests' carts can be read on the way: for trying it out, or behind something that ends TLS."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = var.plain_http || var.certificate_arn != null || var.environment != "production"
    error_message = "plain_http: production needs certificate_arn for HTTPS, or plain_http = true to go without."
  }
}

variable "web_acl_arn" {
  description = "Regional AWS WAF web ACL in front of the load balancer; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.web_acl_arn == null || can(regex("^arn:[a-z-]+:wafv2:[a-z0-9-]+:[0-9]{12}:regional/", var.web_acl_arn))
    error_message = "web_acl_arn: the ARN of a regional WAFv2 web ACL; given: ${coalesce(var.web_acl_arn, "null")}."
  }
}

# Tasks

variable "image_digest" {
  description = "Digest of the image in this deployment's registry, sha256:…: what was built, whatever becomes of its tag. Rolling back is applying an earlier one. Needed unless container_image is given."
  type        = string
  default     = null

  validation {
    condition     = var.image_digest == null || can(regex("^sha256:[0-9a-f]{64}$", var.image_digest))
    error_message = "image_digest: sha256: and 64 hexadecimal digits, as `docker buildx build --metadata-file` writes it; given: ${coalesce(var.image_digest, "null")}."
  }
}

variable "container_image" {
  description = "Whole image reference in another registry, by digest (name@sha256:…); null takes image_digest in this deployment's registry."
  type        = string
  default     = null

  validation {
    condition     = var.container_image == null || can(regex("^[^@ ]+@sha256:[0-9a-f]{64}$", var.container_image))
    error_message = "container_image: by digest, such as registry.example.com/cartwright@sha256:…, since a tag may come to mean another image; given: ${coalesce(var.container_image, "null")}."
  }

  validation {
    condition     = (var.container_image == null) != (var.image_digest == null)
    error_message = "container_image: give it or image_digest, one of them. docs/deploy.md tells how to build the image and learn its digest."
  }
}

variable "cpu_architecture" {
  description = "Processor of the tasks: ARM64 (Graviton, about a fifth cheaper) or X86_64. The image must be built for it."
  type        = string
  default     = "ARM64"
  nullable    = false

  validation {
    condition     = contains(["ARM64", "X86_64"], var.cpu_architecture)
    error_message = "cpu_architecture: ARM64 or X86_64; given: ${var.cpu_architecture}."
  }
}

variable "task_size" {
  description = "CPU units (1024 is one virtual CPU) and memory in MiB of one task, a pair that Fargate offers."
  type        = object({ cpu = number, memory = number })
  default     = { cpu = 512, memory = 1024 }
  nullable    = false

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096], var.task_size.cpu) && var.task_size.memory >= 2 * var.task_size.cpu && var.task_size.memory <= 8 * var.task_size.cpu
    error_message = "task_size: cpu 256, 512, 1024, 2048 or 4096, memory 2 to 8 times that; given: ${var.task_size.cpu}/${var.task_size.memory}."
  }
}

variable "tasks" {
  description = "Fewest and most tasks. Two keep the service up while one zone or one task fails."
  type        = object({ min = number, max = number })
  default     = { min = 2, max = 6 }
  nullable    = false

  validation {
    condition     = var.tasks.min >= 1 && var.tasks.max >= var.tasks.min && var.tasks.max <= 100 && alltrue([for count in values(var.tasks) : floor(count) == count])
    error_message = "tasks: whole numbers, 1 <= min <= max <= 100; given: min ${var.tasks.min}, max ${var.tasks.max}."
  }

  validation {
    condition     = var.tasks.min >= 2 || var.environment != "production"
    error_message = "tasks: production keeps two at least, in two zones; given: min ${var.tasks.min}."
  }
}

variable "workers" {
  description = "Processes in one task; one for each virtual CPU is right."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.workers >= 1 && var.workers <= 64 && floor(var.workers) == var.workers
    error_message = "workers: a whole number from 1 to 64; given: ${var.workers}."
  }
}

variable "scale_at" {
  description = "What autoscaling aims at: mean CPU in percent, and requests per minute for each task."
  type        = object({ cpu_percent = number, requests_per_minute = number })
  default     = { cpu_percent = 60, requests_per_minute = 6000 }
  nullable    = false

  validation {
    condition     = var.scale_at.cpu_percent >= 10 && var.scale_at.cpu_percent <= 90 && var.scale_at.requests_per_minute >= 60
    error_message = "scale_at: cpu_percent 10 to 90, requests_per_minute 60 or more; given: ${jsonencode(var.scale_at)}."
  }
}

variable "shutdown" {
  description = "Seconds of a task's end: accept_after_sigterm (requests still routed to it are served), deregistration (the load balancer waits for open requests), kill (SIGKILL)."
  type        = object({ accept_after_sigterm = number, deregistration = number, kill = number })
  default     = { accept_after_sigterm = 10, deregistration = 20, kill = 40 }
  nullable    = false

  validation {
    condition     = var.shutdown.accept_after_sigterm >= 0 && var.shutdown.deregistration > var.shutdown.accept_after_sigterm && var.shutdown.kill > var.shutdown.deregistration && var.shutdown.kill <= 120 && alltrue([for seconds in values(var.shutdown) : floor(seconds) == seconds])
    error_message = "shutdown: whole seconds, 0 <= accept_after_sigterm < deregistration < kill <= 120; given: ${jsonencode(var.shutdown)}."
  }
}

variable "wait_for_steady_state" {
  description = "Whether apply waits until a release has gone through, and fails when it was rolled back."
  type        = bool
  default     = false
  nullable    = false
}

variable "green" {
  description = "A second set of tasks beside the first, blue, for releases that take over at once: its image_digest, and the percent of requests it gets. null for none: releases are then rolled out task by task."
  type        = object({ image_digest = string, percent = number })
  default     = null

  validation {
    condition     = var.green == null || can(regex("^sha256:[0-9a-f]{64}$", var.green.image_digest))
    error_message = "green: image_digest, sha256: and 64 hexadecimal digits; given: ${try(var.green.image_digest, "null")}."
  }

  validation {
    condition     = var.green == null || try(var.green.percent >= 0 && var.green.percent <= 100 && floor(var.green.percent) == var.green.percent, false)
    error_message = "green: percent, a whole number from 0 to 100; given: ${try(var.green.percent, "null")}."
  }
}

# The service's own settings

variable "auth_mode" {
  description = "Who may ask: jwt (bearer tokens) or none (everybody may do everything; needs allow_unauthenticated)."
  type        = string
  default     = "jwt"
  nullable    = false

  validation {
    condition     = contains(["jwt", "none"], var.auth_mode)
    error_message = "auth_mode: jwt or none; given: ${var.auth_mode}."
  }

  validation {
    condition     = var.auth_mode != "none" || var.allow_unauthenticated
    error_message = "auth_mode: none leaves every cart open to everybody; say so with allow_unauthenticated = true."
  }
}

variable "allow_unauthenticated" {
  description = "Whether auth_mode none is accepted."
  type        = bool
  default     = false
  nullable    = false
}

variable "auth_jwks_url" {
  description = "Where the token issuer publishes its keys; null checks tokens with a shared secret (HS256) instead."
  type        = string
  default     = null

  validation {
    condition     = var.auth_jwks_url == null || can(regex("^https://", var.auth_jwks_url))
    error_message = "auth_jwks_url: an https address; given: ${coalesce(var.auth_jwks_url, "null")}."
  }

  validation {
    condition     = var.auth_jwks_url == null || var.egress != "endpoints"
    error_message = "auth_jwks_url: is on the internet, which egress = \"endpoints\" does not reach."
  }

  validation {
    condition     = var.auth_jwks_url == null || var.auth_jwt_secret_arn == null
    error_message = "auth_jwks_url: give it or auth_jwt_secret_arn, not both."
  }
}

variable "auth_jwt_secret_arn" {
  description = "Secret that holds the HS256 key as plain text; null makes an empty one for you to fill, unless auth_jwks_url is given."
  type        = string
  default     = null

  validation {
    condition     = var.auth_jwt_secret_arn == null || can(regex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[^*]+$", var.auth_jwt_secret_arn))
    error_message = "auth_jwt_secret_arn: the ARN of a Secrets Manager secret; given: ${coalesce(var.auth_jwt_secret_arn, "null")}."
  }
}

variable "auth_jwt_issuer" {
  description = "Issuer (iss) that tokens must name; needed with auth_jwks_url, else null for any."
  type        = string
  default     = null

  validation {
    condition     = var.auth_jwks_url == null || var.auth_jwt_issuer != null
    error_message = "auth_jwt_issuer: needed with auth_jwks_url, whose keys sign for other services too."
  }

  validation {
    condition     = var.auth_jwt_issuer == null || try(length(var.auth_jwt_issuer) > 0, false)
    error_message = "auth_jwt_issuer: must not be empty; null for any issuer."
  }
}

variable "auth_jwt_audience" {
  description = "Audience (aud) that tokens must name; needed with auth_jwks_url, else null for any."
  type        = string
  default     = null

  validation {
    condition     = var.auth_jwks_url == null || var.auth_jwt_audience != null
    error_message = "auth_jwt_audience: needed with auth_jwks_url, whose keys sign for other services too."
  }

  validation {
    condition     = var.auth_jwt_audience == null || try(length(var.auth_jwt_audience) > 0, false)
    error_message = "auth_jwt_audience: must not be empty; null for any audience."
  }
}

variable "auth_jwt_algorithms" {
  description = "The only algorithms of tokens that are accepted; empty takes the service's own: RS256 and ES256 with auth_jwks_url, HS256 with a secret."
  type        = set(string)
  default     = []
  nullable    = false

  # A public key taken for the secret of an HMAC would let anybody sign: the kinds are never mixed.
  validation {
    condition = alltrue([for name in var.auth_jwt_algorithms : contains(
      var.auth_jwks_url == null ? ["HS256", "HS384", "HS512"] : ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"], name
    )])
    error_message = "auth_jwt_algorithms: ${var.auth_jwks_url == null ? "HS256, HS384 or HS512 with a secret" : "RS, PS or ES with 256, 384 or 512, or EdDSA with auth_jwks_url"}; given: ${join(", ", var.auth_jwt_algorithms)}."
  }
}

variable "auth_customer_claim" {
  description = "The claim of a token that has the customer's id; null takes the service's own, sub."
  type        = string
  default     = null

  validation {
    condition     = var.auth_customer_claim == null || try(length(var.auth_customer_claim) > 0, false)
    error_message = "auth_customer_claim: must not be empty; null for sub."
  }
}

variable "auth_clock_skew_seconds" {
  description = "By how many seconds the clocks of issuer and service may differ; null takes the service's own, 5."
  type        = number
  default     = null

  validation {
    condition     = var.auth_clock_skew_seconds == null || try(var.auth_clock_skew_seconds >= 0 && var.auth_clock_skew_seconds <= 300 && floor(var.auth_clock_skew_seconds) == var.auth_clock_skew_seconds, false)
    error_message = "auth_clock_skew_seconds: a whole number from 0 to 300, or null; given: ${coalesce(var.auth_clock_skew_seconds, "null")}."
  }
}

variable "cors_origins" {
  description = "Web origins whose pages may call the API."
  type        = set(string)
  default     = []
  nullable    = false

  # As browsers send them: lower case, no path, no port that the scheme has anyhow, no * .
  validation {
    condition     = alltrue([for o in var.cors_origins : can(regex("^https?://(([a-z0-9_-]+\\.)*[a-z_][a-z0-9_-]*|((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9]))(:[1-9][0-9]{0,4})?$", o)) && !can(regex("^http:.*:80$|^https:.*:443$", o)) && try(tonumber(regex(":([0-9]+)$", o)[0]), 0) <= 65535])
    error_message = "cors_origins: origins such as https://shop.example.com, in lower case, without a path, a * or the scheme's own port; given: ${join(", ", var.cors_origins)}."
  }
}

variable "base_path" {
  description = "What all paths begin with, such as /shop, behind something that passes on only these; null for nothing. Health checks answer without it too."
  type        = string
  default     = null

  validation {
    condition     = var.base_path == null || can(regex("^(/[A-Za-z0-9_.~-]+)+$", var.base_path)) && !can(regex("/\\.\\.?(/|$)", var.base_path))
    error_message = "base_path: a path such as /shop, without a slash at its end and without . or .. in it; given: ${coalesce(var.base_path, "null")}."
  }
}

variable "trusted_documents" {
  description = "Path of a manifest in the image whose operations are the only ones that are run; null runs any."
  type        = string
  default     = null

  validation {
    condition     = var.trusted_documents == null || try(length(var.trusted_documents) > 0, false)
    error_message = "trusted_documents: must not be empty; null for any operation."
  }
}

variable "limits" {
  description = "How much one may ask for, and for how long: the service's variables in lower case, such as { max_in_flight = 512 } for MAX_IN_FLIGHT. What is left out keeps the service's own default (docs/configuration.md)."
  type = object({
    request_timeout_ms    = optional(number)
    max_in_flight         = optional(number)
    max_connections       = optional(number)
    max_body_bytes        = optional(number)
    max_query_bytes       = optional(number)
    compress_from_bytes   = optional(number)
    max_unread_bytes      = optional(number)
    max_query_tokens      = optional(number)
    max_query_depth       = optional(number)
    max_query_aliases     = optional(number)
    max_query_root_fields = optional(number)
    max_query_fields      = optional(number)
    max_query_cost        = optional(number)
    max_query_carts       = optional(number)
    max_response_bytes    = optional(number)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name, value in var.limits : value == null || try(value >= local.ranges[name].least && value <= local.ranges[name].most && floor(value) == value, false)])
    error_message = "limits: whole numbers within ${jsonencode({ for name, value in var.limits : name => "${local.ranges[name].least} to ${local.ranges[name].most}" if value != null })}; given: ${jsonencode({ for name, value in var.limits : name => value if value != null })}."
  }
}

variable "extra_environment" {
  description = "Further variables of the service's environment that have no setting here, such as { LOG_SAMPLE = \"0.1\" }. Not for secrets."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.extra_environment) : can(regex("^[A-Z][A-Z0-9_]*$", name))])
    error_message = "extra_environment: names of upper-case letters, digits and _; given: ${join(", ", keys(var.extra_environment))}."
  }

  validation {
    condition     = !anytrue([for name in keys(var.extra_environment) : can(regex(local.secret_names, name))])
    error_message = "extra_environment: secrets belong into extra_secrets, by ARN; given: ${join(", ", keys(var.extra_environment))}."
  }
}

variable "extra_secrets" {
  description = "Further secrets of the service's environment: the variable's name to the ARN of a Secrets Manager secret that holds its value as plain text."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name, arn in var.extra_secrets : can(regex("^[A-Z][A-Z0-9_]*$", name)) && can(regex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[^*:]+$", arn))])
    error_message = "extra_secrets: names of upper-case letters, digits and _ to whole ARNs of Secrets Manager secrets; given: ${jsonencode(var.extra_secrets)}."
  }
}

variable "playground_enabled" {
  description = "Whether the API's playground page is served."
  type        = bool
  default     = false
  nullable    = false
}

variable "cart_ttl_days" {
  description = "Days after its last change at which a cart expires."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.cart_ttl_days >= 1 && var.cart_ttl_days <= 365 && floor(var.cart_ttl_days) == var.cart_ttl_days
    error_message = "cart_ttl_days: a whole number from 1 to 365; given: ${var.cart_ttl_days}."
  }
}

variable "cart_currency" {
  description = "Currency of every price, an ISO 4217 code that the service can keep."
  type        = string
  default     = "USD"
  nullable    = false

  validation {
    condition     = contains(local.currencies, var.cart_currency)
    error_message = "cart_currency: the code of a currency that the service can keep (terraform/currencies.json), such as USD; given: ${var.cart_currency}."
  }
}

variable "log_level" {
  description = "Least important level that is logged. Alarms on faults and deadlines read the log: they need error or below."
  type        = string
  default     = "info"
  nullable    = false

  validation {
    condition     = contains(["silent", "fatal", "error", "warn", "info", "debug", "trace"], var.log_level)
    error_message = "log_level: silent, fatal, error, warn, info, debug or trace; given: ${var.log_level}."
  }
}

variable "metrics" {
  description = "TCP port at which each task tells its metrics to Prometheus, 0 for none, and the IPv4 ranges that may read them, such as those of Prometheus' own subnets. They ask nobody who they are."
  type        = object({ port = optional(number, 9464), readers = optional(set(string), []) })
  default     = {}
  nullable    = false

  validation {
    condition     = try(var.metrics.port == 0 || (var.metrics.port >= 1024 && var.metrics.port <= 65535 && var.metrics.port != local.container_port && floor(var.metrics.port) == var.metrics.port), false)
    error_message = "metrics: port, a whole number from 1024 to 65535 other than the service's own, or 0; given: ${try(tostring(var.metrics.port), "null")}."
  }

  validation {
    condition     = try(alltrue([for range in var.metrics.readers : can(cidrnetmask(range)) && !endswith(range, "/0")]) && (var.metrics.port != 0 || length(var.metrics.readers) == 0), false)
    error_message = "metrics: readers, IPv4 ranges such as 10.30.0.0/16, not everybody, and none where the port is 0; given: ${try(join(", ", var.metrics.readers), "null")}."
  }
}

variable "otlp_endpoint" {
  description = "Address to which traces are sent, such as http://collector.internal:4318; null for nowhere. Tasks reach port 443 anyway, another port in this VPC alone. Its other settings are the OTEL_… variables of extra_environment, and of extra_secrets."
  type        = string
  default     = null

  validation {
    condition     = var.otlp_endpoint == null || can(regex("^https?://[A-Za-z0-9.-]+(:[1-9][0-9]{0,4})?(/[^ ?#]*)?$", var.otlp_endpoint))
    error_message = "otlp_endpoint: an http or https address such as http://collector.internal:4318, without a query; given: ${coalesce(var.otlp_endpoint, "null")}."
  }
}

# PostgreSQL

variable "postgres_version" {
  description = "Major version of PostgreSQL."
  type        = string
  default     = "17"
  nullable    = false

  validation {
    condition     = contains(["17", "18"], var.postgres_version)
    error_message = "postgres_version: 17 or 18; given: ${var.postgres_version}."
  }
}

variable "postgres_allow_major_version_upgrade" {
  description = "Whether a change of postgres_version is carried out on the database that is there; it cannot be taken back, and takes minutes without one."
  type        = bool
  default     = false
  nullable    = false
}

variable "postgres_apply_immediately" {
  description = "Whether changes of the database that restart it are made at once instead of in its next maintenance window, on Sunday from 10:00 to 10:30 UTC."
  type        = bool
  default     = false
  nullable    = false
}

variable "postgres_identifier" {
  description = "What the database is called; null takes <name>-postgres. Another one for a database that is restored beside the one there was."
  type        = string
  default     = null

  validation {
    condition     = var.postgres_identifier == null || can(regex("^[a-z](-?[a-z0-9]){0,62}$", var.postgres_identifier))
    error_message = "postgres_identifier: 1 to 63 lower-case letters, digits and single hyphens, a letter first and no hyphen last; given: ${coalesce(var.postgres_identifier, "null")}."
  }
}

variable "postgres_snapshot_identifier" {
  description = "Snapshot that a new database starts from; null for an empty one. It says nothing to a database that is there already."
  type        = string
  default     = null

  validation {
    condition     = var.postgres_snapshot_identifier == null || try(length(var.postgres_snapshot_identifier) > 0, false)
    error_message = "postgres_snapshot_identifier: must not be empty; null for an empty database."
  }
}

variable "postgres_instance_class" {
  description = "RDS instance class."
  type        = string
  default     = "db.t4g.medium"
  nullable    = false

  validation {
    condition     = can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.postgres_instance_class))
    error_message = "postgres_instance_class: an RDS class such as db.t4g.medium; given: ${var.postgres_instance_class}."
  }
}

variable "postgres_multi_az" {
  description = "Whether a standby in a second zone takes over when the instance fails; doubles its price."
  type        = bool
  default     = true
  nullable    = false
}

variable "postgres_storage_gib" {
  description = "Storage at the start and its limit, in GiB."
  type        = object({ initial = number, limit = number })
  default     = { initial = 20, limit = 200 }
  nullable    = false

  validation {
    condition     = var.postgres_storage_gib.initial >= 20 && var.postgres_storage_gib.limit >= 1.1 * var.postgres_storage_gib.initial
    error_message = "postgres_storage_gib: initial 20 or more, limit at least a tenth above it; given: ${jsonencode(var.postgres_storage_gib)}."
  }
}

variable "postgres_backup_retention_days" {
  description = "Days that automated backups are kept."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.postgres_backup_retention_days >= 1 && var.postgres_backup_retention_days <= 35 && floor(var.postgres_backup_retention_days) == var.postgres_backup_retention_days
    error_message = "postgres_backup_retention_days: a whole number from 1 to 35; given: ${var.postgres_backup_retention_days}."
  }

  validation {
    condition     = var.postgres_backup_retention_days >= 7 || var.environment != "production"
    error_message = "postgres_backup_retention_days: 7 at least in production; given: ${var.postgres_backup_retention_days}."
  }
}

variable "postgres_max_connections" {
  description = "PostgreSQL's max_connections; about 112 for each GiB of the instance's memory is RDS's own default and the most it should be."
  type        = number
  default     = 400
  nullable    = false

  validation {
    condition     = var.postgres_max_connections >= 50 && var.postgres_max_connections <= 5000 && floor(var.postgres_max_connections) == var.postgres_max_connections
    error_message = "postgres_max_connections: a whole number from 50 to 5000; given: ${var.postgres_max_connections}."
  }
}

variable "database_pool_size" {
  description = "Database connections of one worker process."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.database_pool_size >= 1 && var.database_pool_size <= 200 && floor(var.database_pool_size) == var.database_pool_size
    error_message = "database_pool_size: a whole number from 1 to 200; given: ${var.database_pool_size}."
  }
}

variable "database_timeouts_ms" {
  description = "Milliseconds that the service gives a new connection, a statement, and a lock that another transaction holds; what is left out keeps the service's own default: 1000, 1000, 300."
  type        = object({ connect = optional(number), statement = optional(number), lock = optional(number) })
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name, value in var.database_timeouts_ms : value == null || try(value >= (name == "lock" ? 10 : 50) && value <= 60000 && floor(value) == value, false)])
    error_message = "database_timeouts_ms: whole numbers from 50 to 60000, lock from 10; given: ${jsonencode(var.database_timeouts_ms)}."
  }
}

# DynamoDB

variable "dynamodb_read_consistency" {
  description = "Reads outside a change: eventual (half the price) or strong."
  type        = string
  default     = "eventual"
  nullable    = false

  validation {
    condition     = contains(["eventual", "strong"], var.dynamodb_read_consistency)
    error_message = "dynamodb_read_consistency: eventual or strong; given: ${var.dynamodb_read_consistency}."
  }
}

variable "dynamodb_client" {
  description = "Milliseconds that the service gives a new connection and one attempt, and how many attempts; what is left out keeps the service's own default: 300, 700, 3."
  type        = object({ connect_timeout_ms = optional(number), request_timeout_ms = optional(number), max_attempts = optional(number) })
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name, value in var.dynamodb_client : value == null || try(value >= (name == "max_attempts" ? 1 : 50) && value <= (name == "max_attempts" ? 10 : 60000) && floor(value) == value, false)])
    error_message = "dynamodb_client: whole numbers, milliseconds from 50 to 60000, max_attempts from 1 to 10; given: ${jsonencode(var.dynamodb_client)}."
  }
}

variable "dynamodb_carts_table_name" {
  description = "Name of the carts' table where it is another than <service_name>-shopping-carts: after a restore, which makes a new table."
  type        = string
  default     = null

  validation {
    condition     = var.dynamodb_carts_table_name == null || can(regex("^[A-Za-z0-9_.-]{3,255}$", var.dynamodb_carts_table_name))
    error_message = "dynamodb_carts_table_name: 3 to 255 letters, digits, _ . and -; given: ${coalesce(var.dynamodb_carts_table_name, "null")}."
  }
}

variable "dynamodb_products_table" {
  description = "Whether there is the table <service_name>-products, in which version 0.1.0 kept products. Nothing reads it but the task that copies them: false gives it up, once they are copied (docs/deploy.md), or where 0.1.0 has never run."
  type        = bool
  default     = true
  nullable    = false
}

variable "dynamodb_point_in_time_recovery" {
  description = "Whether the tables can be restored to any second of the last 35 days."
  type        = bool
  default     = true
  nullable    = false

  validation {
    condition     = var.dynamodb_point_in_time_recovery || var.environment != "production"
    error_message = "dynamodb_point_in_time_recovery: must be true in production."
  }
}

variable "dynamodb_max_request_units" {
  description = "Ceilings of request units per second, for each table and each index by itself, as a cost guard; null for none."
  type        = object({ read = optional(number), write = optional(number) })
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for units in values(var.dynamodb_max_request_units) : units == null || try(units >= 1 && floor(units) == units, false)])
    error_message = "dynamodb_max_request_units: whole numbers of 1 or more, or null; given: ${jsonencode(var.dynamodb_max_request_units)}."
  }
}

# Watching it

variable "log_retention_days" {
  description = "Days that logs of every kind are kept."
  type        = number
  default     = 365
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days: a period CloudWatch Logs offers, such as 30, 90 or 365; given: ${var.log_retention_days}."
  }
}

variable "access_logs" {
  description = "Whether the load balancer logs requests, and for how many days that is kept. Its lines hold whole addresses, so also the ids of carts in paths and the query strings of GETs: whoever reads them can use guests' carts."
  type        = object({ enabled = bool, days = number })
  default     = { enabled = true, days = 30 }
  nullable    = false

  validation {
    condition     = var.access_logs.days >= 1 && var.access_logs.days <= 3653 && floor(var.access_logs.days) == var.access_logs.days
    error_message = "access_logs: days, a whole number from 1 to 3653; given: ${var.access_logs.days}."
  }
}

variable "alarm_email" {
  description = "Address that alarms are mailed to, after it has confirmed; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.alarm_email == null || can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", var.alarm_email))
    error_message = "alarm_email: one e-mail address; given: ${coalesce(var.alarm_email, "null")}."
  }
}

variable "alarm_p99_seconds" {
  description = "Response time that 99 of 100 requests must stay under, in seconds; past it an alarm is raised and a running release rolled back."
  type        = number
  default     = 0.5
  nullable    = false

  validation {
    condition     = var.alarm_p99_seconds > 0 && var.alarm_p99_seconds <= 60
    error_message = "alarm_p99_seconds: above 0, at most 60; given: ${var.alarm_p99_seconds}."
  }
}

variable "alarm_lines_per_minute" {
  description = "Faults, and deadlines that requests missed, that the log may have in a minute; more in two minutes of three raise an alarm and roll back a running release."
  type        = object({ faults = number, deadlines = number })
  default     = { faults = 10, deadlines = 10 }
  nullable    = false

  validation {
    condition     = alltrue([for count in values(var.alarm_lines_per_minute) : count >= 0 && count <= 100 && floor(count) == count])
    error_message = "alarm_lines_per_minute: whole numbers from 0 to 100, since a log leaves out lines that say the same as many before; given: ${jsonencode(var.alarm_lines_per_minute)}."
  }
}

variable "monthly_budget_usd" {
  description = "Monthly cost in US dollars that a mail warns of; null for none. Needs alarm_email."
  type        = number
  default     = null

  validation {
    condition     = var.monthly_budget_usd == null || try(var.monthly_budget_usd > 0, false)
    error_message = "monthly_budget_usd: above 0, or null."
  }

  validation {
    condition     = var.monthly_budget_usd == null || var.alarm_email != null
    error_message = "monthly_budget_usd: needs alarm_email."
  }
}
