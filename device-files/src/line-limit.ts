/** Characters of one record. A 4K hash and four long names are far below it; a file without line ends is above. */
export const lineLimit = 1_000_000;
