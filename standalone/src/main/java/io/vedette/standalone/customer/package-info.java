/**
 * What a customer does with Vedette, through the AWS SDK only: uploads images, makes projects and data sets, trains, reads results.
 * Nothing here knows how the stack is run.
 */
package io.vedette.standalone.customer;
