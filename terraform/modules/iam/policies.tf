locals {
  # TransactWriteItems is authorised by the actions inside it, and every write is a put: hence PutItem alone. No Scan,
  # no UpdateItem, no DeleteItem: a deleted cart is a put of its tombstone, and expiry is DynamoDB's own work.
  # DescribeTable serves the readiness check.
  dynamodb_statements = local.on_postgres || var.dynamodb == null ? [] : [
    {
      Sid      = "Carts"
      Effect   = "Allow"
      Action   = ["dynamodb:BatchGetItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem"]
      Resource = var.dynamodb.carts_table_arn
    },
    {
      Sid      = "CartsOfACustomer"
      Effect   = "Allow"
      Action   = "dynamodb:Query"
      Resource = var.dynamodb.customer_index_arn
    },
    {
      Sid      = "Products"
      Effect   = "Allow"
      Action   = ["dynamodb:BatchGetItem", "dynamodb:DescribeTable", "dynamodb:GetItem"]
      Resource = var.dynamodb.products_table_arn
    },
    {
      Sid      = "ListOfProducts"
      Effect   = "Allow"
      Action   = "dynamodb:Query"
      Resource = var.dynamodb.catalog_index_arn
    },
  ]

  # With AWS's own key DynamoDB needs no rights of the caller; with a customer's key it acts on the caller's behalf.
  table_key_statements = local.on_postgres || var.kms_key_arn == null ? [] : [{
    Sid       = "TableKey"
    Effect    = "Allow"
    Action    = ["kms:Decrypt", "kms:DescribeKey"]
    Resource  = var.kms_key_arn
    Condition = { StringEquals = { "kms:ViaService" = "dynamodb.${data.aws_region.current.region}.amazonaws.com" } }
  }]

  dynamodb_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.dynamodb_statements, local.table_key_statements)
  })

  postgres_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "LogInWithATokenAsTheServiceUser"
      Effect   = "Allow"
      Action   = "rds-db:connect"
      Resource = try(var.postgres.connect_arn, null)
    }]
  })

  catalogue_policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Sid      = "LoadCatalogue"
      Effect   = "Allow"
      Action   = ["dynamodb:BatchWriteItem", "dynamodb:DescribeTable", "dynamodb:PutItem"]
      Resource = try(var.dynamodb.products_table_arn, null)
    }], local.table_key_statements)
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

  secret_key_statements = var.kms_key_arn == null ? [] : [{
    Sid       = "SecretKey"
    Effect    = "Allow"
    Action    = "kms:Decrypt"
    Resource  = var.kms_key_arn
    Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${data.aws_region.current.region}.amazonaws.com" } }
  }]

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
      length(var.service_secret_arns) == 0 ? [] : [{
        Sid      = "ReadSecrets"
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = values(var.service_secret_arns)
      }],
      length(var.service_secret_arns) == 0 ? [] : local.secret_key_statements,
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
      local.on_postgres ? [{
        Sid      = "ReadOwnersPassword"
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = try(var.postgres.master_secret_arn, null)
      }] : [],
      local.on_postgres ? local.secret_key_statements : [],
    )
  })
}
