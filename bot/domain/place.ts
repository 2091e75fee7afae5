/** A point on the map; both ends come from the same client, so its own coordinates do. */
export interface Place {
  latitude: number;
  longitude: number;
}

/** Within this of the room one is in it: indoors a phone errs by so much. */
export const NEAR_METRES = 500;
const EARTH_METRES = 6_371_000;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** How far two points lie apart, along the earth. */
export function metresBetween(one: Place, other: Place): number {
  const north = Math.sin(radians(other.latitude - one.latitude) / 2) ** 2;
  const east = Math.sin(radians(other.longitude - one.longitude) / 2) ** 2;
  const chord = north + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * east;
  return Math.round(2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(chord))));
}

/** 「620米」, 「2.3公里」 */
export const farInWords = (metres: number): string =>
  metres < 1000 ? `${metres}米` : `${(metres / 1000).toFixed(1)}公里`;

/** How a place is sent. */
export const HOW_TO_SEND = '在“创优助手”对话框点“＋”—“位置”，发送当前位置';
