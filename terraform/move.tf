# The steps of a move of the carts from one store to the other that are one-off tasks; docs/move.md has all of them.

locals {
  # Of two sets of tasks, what runs where most requests go: whoever moves carts must be of the version that serves them.
  asked_image = local.releases[try(var.green.percent > 50, false) ? "green" : "blue"].image

  move_overrides = { for name, command in {
    run    = ["node", "dist/tasks/move.js", "run"]
    verify = ["node", "dist/tasks/move.js", "verify"]
    status = ["node", "dist/tasks/move.js", "status"]
  } : name => { name = "move", command = command } }

  # Each works on one store: the first on PostgreSQL, the only one with tables to make, wherever the carts are.
  move_preparations = {
    migrate = {
      name        = "migration"
      command     = ["node", "dist/tasks/migrate.js"]
      environment = [{ name = "CART_STORE_TYPE", value = "postgres" }]
    }
    catalogue = {
      name        = "migration"
      command     = ["sh", "-c", "set -o pipefail; node dist/tasks/catalogue.js export - --format jsonl | CART_STORE_TYPE=${coalesce(var.cart_store_move_to, "none")} node dist/tasks/catalogue.js import - --format jsonl --replace"]
      environment = [{ name = "CART_STORE_TYPE", value = var.cart_store_type }]
    }
  }

  move_commands = local.moving ? { for name, container in merge(local.move_overrides, local.move_preparations) :
    name => "${local.run_task[container.name]} --overrides '${jsonencode({ containerOverrides = [container] })}'"
  } : null
}
