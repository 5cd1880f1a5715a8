/** Tests of what deploys Vedette: the chart, what is rendered from it, and the images. Nothing of the services is in here. */
package io.vedette.deploy;
