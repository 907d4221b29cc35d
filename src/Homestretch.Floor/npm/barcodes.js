// Reads GS1 DataMatrix, QR and Code 128 out of a picture, for browsers without BarcodeDetector.
import BinaryBitmap from '@zxing/library/esm/core/BinaryBitmap.js';
import HybridBinarizer from '@zxing/library/esm/core/common/HybridBinarizer.js';
import RGBLuminanceSource from '@zxing/library/esm/core/RGBLuminanceSource.js';
import DecodeHintType from '@zxing/library/esm/core/DecodeHintType.js';
import DataMatrixReader from '@zxing/library/esm/core/datamatrix/DataMatrixReader.js';
import QRCodeReader from '@zxing/library/esm/core/qrcode/QRCodeReader.js';
import Code128Reader from '@zxing/library/esm/core/oned/Code128Reader.js';

const readers = [new DataMatrixReader(), new QRCodeReader(), new Code128Reader()];
const hints = new Map([[DecodeHintType.TRY_HARDER, true], [DecodeHintType.ASSUME_GS1, true]]);

/** Text of the barcode in an ImageData; '' when there is none. */
export function read({ data, width, height }) {
  const grey = new Uint8ClampedArray(width * height);
  for (let i = 0, p = 0; i < grey.length; i++, p += 4) grey[i] = (data[p] * 77 + data[p + 1] * 151 + data[p + 2] * 28) >> 8;
  const picture = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, width, height)));
  for (const reader of readers) {
    try { return reader.decode(picture, hints).getText(); } catch { /* none of this kind */ }
    reader.reset();
  }
  return '';
}
