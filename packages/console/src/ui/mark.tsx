/** The product's sign. */
import sign from './mark.svg';

export const Mark = ({ size = 20 }: { readonly size?: number }) => <img src={sign} alt="" width={size} height={size} />;
