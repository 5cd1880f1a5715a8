/**
 * The events that Vedette's services exchange and publish, with their topics and their JSON.
 * Facts only, in the past tense; fields are only ever added. How they travel over Kafka is {@code common-runtime}'s.
 */
package io.vedette.common.event;
