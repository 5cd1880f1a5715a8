/** How the messaging channels reach Kafka. What they carry belongs to the features. */
package io.vedette.api.kafka;
