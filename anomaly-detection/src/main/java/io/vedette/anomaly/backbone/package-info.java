/** The frozen networks that turn an image into feature maps. Tensors are NCHW float32, RGB in [0, 1]. */
package io.vedette.anomaly.backbone;
