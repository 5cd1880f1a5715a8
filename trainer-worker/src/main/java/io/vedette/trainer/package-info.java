/**
 * The trainer: a requested training in, a complete artifact on S3 out. It needs Kafka and S3 only, never Postgres: a GPU
 * node holds no database password.
 */
package io.vedette.trainer;
