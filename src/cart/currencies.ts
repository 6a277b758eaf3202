/**
 * The currencies of ISO 4217 and their fraction digits: list one of its maintenance agency (SIX), as published on 2026-01-01, compared code
 * by code. It has XCG in place of ANG, SLE of SLL, ZWG of ZWL, and the euro in place of BGN; VED beside VES, and XAD. Left out are those
 * with four digits (CLF, UYW) and those without any, such as XAU or XDR. Intl's digits are others: it writes HUF, IDR and IQD, for
 * instance, with fewer than their minor units have, and what it knows changes with the version of Node.
 */

/** An ISO 4217 code of a currency with 0, 2 or 3 fraction digits. */
export type CurrencyCode = string;

const codes = (text: string) => text.split(' ').filter((word) => word !== '');

const WITHOUT = codes('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF');
const THOUSANDTHS = codes('BHD IQD JOD KWD LYD OMR TND');
const HUNDREDTHS = [
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW',
  'CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF',
  'IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK',
  'MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP',
  'SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG',
  'YER ZAR ZMW ZWG',
].flatMap(codes);

const digits: ReadonlyMap<CurrencyCode, number> = new Map([
  ...WITHOUT.map((code) => [code, 0] as const),
  ...HUNDREDTHS.map((code) => [code, 2] as const),
  ...THOUSANDTHS.map((code) => [code, 3] as const),
]);

/** Whether the service can keep prices in a currency: one of ISO 4217 with 0, 2 or 3 fraction digits. */
export function isSupportedCurrency(code: string): boolean {
  return digits.has(code);
}

/** Digits behind the point: 2 for USD. A code that ISO 4217 does not have counts as one with hundredths. */
export function fractionDigits(currency: CurrencyCode): number {
  return digits.get(currency) ?? 2;
}
