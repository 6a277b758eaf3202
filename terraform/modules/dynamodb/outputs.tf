output "dynamodb_table_name" {
  description = "Name of the carts' table."
  value       = aws_dynamodb_table.carts.name
}

output "dynamodb_table_arn" {
  description = "ARN of the carts' table."
  value       = aws_dynamodb_table.carts.arn
}

output "products_table_name" {
  description = "Name of the table of products by number, which version 0.1.0 reads; null where it was given up."
  value       = one(aws_dynamodb_table.products[*].name)
}

output "products_table_arn" {
  description = "ARN of the table of products by number; null where it was given up."
  value       = one(aws_dynamodb_table.products[*].arn)
}

output "customer_index_arn" {
  description = "ARN of the index that lists a customer's carts."
  value       = "${aws_dynamodb_table.carts.arn}/index/CustomerIndex"
}

output "catalog_index_arn" {
  description = "ARN of the index that lists the products by number; null where the table was given up."
  value       = var.products_table ? "${aws_dynamodb_table.products[0].arn}/index/CatalogIndex" : null
}

output "catalogue_table_name" {
  description = "Name of the catalogue's table."
  value       = aws_dynamodb_table.catalogue.name
}

output "catalogue_table_arn" {
  description = "ARN of the catalogue's table."
  value       = aws_dynamodb_table.catalogue.arn
}

output "catalogue_index_arn" {
  description = "ARN of the index that lists the catalogue."
  value       = "${aws_dynamodb_table.catalogue.arn}/index/CatalogueIndex"
}
