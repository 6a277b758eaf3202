locals {
  # Statements that apply only sometimes are filtered lists: the two sides of a `?` would have to have one type.

  # TransactWriteItems is authorised by the actions inside it, and every write of a cart is a put: hence PutItem alone. No
  # Scan, no UpdateItem, and on carts no DeleteItem: a deleted cart is a put of its tombstone, and expiry is DynamoDB's own
  # work. The catalogue is written too, by the staff's changes of products.
  # The readiness check reads a key and an index like any request, so it needs nothing more.
  dynamodb_statements = [for statement in [
    {
      Sid      = "Carts"
      Effect   = "Allow"
      Action   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem"]
      Resource = try(var.dynamodb.carts_table_arn, null)
    },
    {
      Sid      = "CartsOfACustomer"
      Effect   = "Allow"
      Action   = "dynamodb:Query"
      Resource = try(var.dynamodb.customer_index_arn, null)
    },
    {
      Sid      = "Catalogue"
      Effect   = "Allow"
      Action   = ["dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"]
      Resource = try(var.dynamodb.catalogue_table_arn, null)
    },
    {
      Sid      = "ListOfTheCatalogue"
      Effect   = "Allow"
      Action   = "dynamodb:Query"
      Resource = try(var.dynamodb.catalogue_index_arn, null)
    },
  ] : statement if local.on_dynamodb]

  postgres_statements = [for statement in [{
    Sid      = "LogInWithATokenAsTheServiceUser"
    Effect   = "Allow"
    Action   = "rds-db:connect"
    Resource = try(var.postgres.connect_arn, null)
  }] : statement if local.on_postgres]

  # With AWS's own key DynamoDB needs no rights of the caller; with a customer's key it acts on the caller's behalf.
  table_key_statements = [for statement in [{
    Sid       = "TableKey"
    Effect    = "Allow"
    Action    = ["kms:Decrypt", "kms:DescribeKey"]
    Resource  = var.kms_key_arn
    Condition = { StringEquals = { "kms:ViaService" = "dynamodb.${data.aws_region.current.id}.amazonaws.com" } }
  }] : statement if local.on_dynamodb && var.kms_key_arn != null]

  task_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.postgres_statements, local.dynamodb_statements, local.table_key_statements)
  })

  # Whoever moves carts does what the service does to them, and has to find them all. A Scan is what the service must never
  # send, so nobody else may. How many there are about, for the time left, the table's description says.
  scan_statements = [for statement in [{
    Sid      = "FindAllCarts"
    Effect   = "Allow"
    Action   = ["dynamodb:DescribeTable", "dynamodb:Scan"]
    Resource = try(var.dynamodb.carts_table_arn, null)
  }] : statement if local.on_dynamodb]

  move_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.postgres_statements, local.dynamodb_statements, local.scan_statements, local.table_key_statements)
  })

  # Products are loaded from a file, those it lacks withdrawn, or copied from the table they were kept in first.
  loading_statements = [
    {
      Sid      = "LoadCatalogue"
      Effect   = "Allow"
      Action   = ["dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"]
      Resource = try(var.dynamodb.catalogue_table_arn, null)
    },
    {
      Sid      = "ListWhatIsCopied"
      Effect   = "Allow"
      Action   = "dynamodb:Query"
      Resource = compact([try(var.dynamodb.catalog_index_arn, null), try(var.dynamodb.catalogue_index_arn, null)])
    },
  ]

  catalogue_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.loading_statements, local.table_key_statements)
  })

  image_statements = [
    {
      # GetAuthorizationToken belongs to the whole registry: AWS accepts no resource but * here.
      Sid      = "RegistryToken"
      Effect   = "Allow"
      Action   = "ecr:GetAuthorizationToken"
      Resource = "*"
    },
    {
      Sid      = "PullImage"
      Effect   = "Allow"
      Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Resource = var.repository_arn
    },
  ]

  secret_key_statements = [for statement in [{
    Sid       = "SecretKey"
    Effect    = "Allow"
    Action    = "kms:Decrypt"
    Resource  = var.kms_key_arn
    Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${data.aws_region.current.id}.amazonaws.com" } }
  }] : statement if var.kms_key_arn != null]

  execution_policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      local.image_statements,
      [{
        Sid      = "WriteLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${var.log_group_arns.service}:log-stream:*"
      }],
      [for statement in concat([{
        Sid      = "ReadSecrets"
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = values(var.service_secret_arns)
      }], local.secret_key_statements) : statement if length(var.service_secret_arns) > 0],
    )
  })

  migration_execution_policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      local.image_statements,
      [{
        Sid      = "WriteLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${var.log_group_arns.migration}:log-stream:*"
      }],
      [for statement in concat([{
        Sid      = "ReadOwnersPassword"
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = try(var.postgres.master_secret_arn, null)
      }], local.secret_key_statements) : statement if local.on_postgres],
    )
  })
}
