# What the service accepts, for the validations of variables.tf. Tests hold each against the service's own code.

locals {
  currencies = jsondecode(file("${path.module}/currencies.json"))

  # Names of variables that are not to stand in a task definition as they are.
  secret_names = "SECRET|PASSWORD|TOKEN(_|$)|KEY$"

  ranges = {
    request_timeout_ms    = { least = 100, most = 60000 }
    max_in_flight         = { least = 1, most = 100000 }
    max_connections       = { least = 10, most = 100000 }
    max_body_bytes        = { least = 1000, most = 10000000 }
    max_query_bytes       = { least = 100, most = 10000000 }
    compress_from_bytes   = { least = 0, most = 999999999 }
    max_unread_bytes      = { least = 100000, most = 999999999 }
    max_query_tokens      = { least = 1, most = 100000 }
    max_query_depth       = { least = 1, most = 100 }
    max_query_aliases     = { least = 0, most = 1000 }
    max_query_root_fields = { least = 1, most = 1000 }
    max_query_fields      = { least = 1, most = 100000 }
    max_query_cost        = { least = 1, most = 100000000 }
    max_query_carts       = { least = 1, most = 500 }
    max_response_bytes    = { least = 1000, most = 999999999 }
  }
}
