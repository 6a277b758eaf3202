variable "name" {
  description = "Name of the repository, in lower case."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,19}$", var.name))
    error_message = "name: 1 to 20 lower-case letters, digits and hyphens, a letter first; given: ${var.name}."
  }
}

variable "kept_images" {
  description = "Number of tagged images kept; older ones are deleted. Rolling back needs the image to be there still."
  type        = number
  default     = 20
  nullable    = false

  validation {
    condition     = var.kept_images >= 2 && var.kept_images <= 1000 && floor(var.kept_images) == var.kept_images
    error_message = "kept_images: a whole number from 2 to 1000; given: ${var.kept_images}."
  }
}

variable "force_delete" {
  description = "Whether destroying the repository also deletes the images in it."
  type        = bool
  nullable    = false
}
