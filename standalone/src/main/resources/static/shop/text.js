/** Every word of the page, in English and Korean. */

const WORDS = {
  en: {
    orders: 'My orders',
    otherDrops: 'More drops',
    shelf: 'On the shelf',
    promise: 'Exactly the stock, to the first who came.',
    linkApi: 'API',
    linkInbox: 'Development inbox',
    linkRush: 'Let 10,000 shoppers in:',
    language: '한국어',
    signIn: 'Sign in',
    signOut: 'Sign out',
    close: 'Close',
    email: 'E-mail',
    password: 'Password',
    asShopper: 'Shopper',
    asAdmin: 'Administrator',
    wherePassword: 'Both passwords were printed by ./openrun up and are kept in .openrun/credentials.',
    signInToBuy: 'Sign in to buy',
    welcome: (name) => `Signed in as ${name}.`,
    signedOut: 'Signed out.',
    sessionEnded: 'The session has ended. Sign in again.',
    away: 'The shop does not answer. It may be starting; this page keeps trying.',
    SCHEDULED: 'Opens soon',
    OPEN: 'Open',
    SOLD_OUT: 'Sold out',
    CLOSED: 'Closed',
    CANCELLED_DROP: 'Called off',
    opensIn: 'Opens in',
    closesIn: 'Closes in',
    opening: 'Opening…',
    closing: 'Closing…',
    left: (n, all) => `${n} of ${all} left`,
    perPerson: (n) => `${n} per person`,
    buy: 'Buy now',
    buying: 'Asking…',
    waitingFor: 'Not open yet',
    yours: (place) => `Yours. Number ${place} in line.`,
    payUntil: (time) => `Pay within ${time}, or it goes to somebody else.`,
    noDrops: 'No drop yet',
    noDropsHint: 'Sign in as the administrator and schedule one, or run ./openrun rush.',
    soldOut: 'Sold out',
    inDrop: 'In a drop',
    PROCESSING: 'Being placed',
    PENDING_PAYMENT: 'To be paid',
    PAID: 'Paid',
    SHIPPING: 'On its way',
    DELIVERED: 'Delivered',
    PAYMENT_FAILED: 'Payment failed',
    EXPIRED: 'Expired',
    CANCELLED: 'Cancelled',
    RETURN_REQUESTED: 'Return requested',
    RETURNED: 'Returned',
    pay: (amount) => `Pay ${amount}`,
    entering: 'Entering…',
    confirming: 'Confirming…',
    cancel: 'Cancel',
    cancelling: 'Cancelling…',
    timeLeft: (time) => `${time} left`,
    place: (n) => `Number ${n} in line`,
    paid: 'Paid. It is yours.',
    payFailed: 'The card was declined. Nothing was taken; try again while time is left.',
    payPending: 'The card network has not answered yet. The order will tell.',
    cancelled: 'Cancelled. The unit is back for somebody else.',
    noOrders: 'What you buy in a drop appears here.',
    desk: 'Schedule a drop',
    deskHint: 'Makes the product and a drop of all its units.',
    productName: 'Product',
    productNameExample: 'Moonlight varsity jacket',
    units: 'Units',
    price: 'Price (₩)',
    limit: 'Per person',
    opens: 'Opens',
    lasts: 'Stays open',
    window: 'To pay',
    now: 'at once',
    inSeconds: (n) => `in ${n} s`,
    inMinutes: (n) => `in ${n} min`,
    minutes: (n) => `${n} min`,
    hours: (n) => `${n} h`,
    schedule: 'Schedule',
    scheduling: 'Scheduling…',
    scheduled: 'Scheduled.',
  },
  ko: {
    orders: '내 주문',
    otherDrops: '다른 드롭',
    shelf: '상품',
    promise: '재고만큼 정확히, 먼저 온 순서대로.',
    linkApi: 'API',
    linkInbox: '개발용 메일함',
    linkRush: '1만 명을 입장시키기:',
    language: 'English',
    signIn: '로그인',
    signOut: '로그아웃',
    close: '닫기',
    email: '이메일',
    password: '비밀번호',
    asShopper: '쇼핑객',
    asAdmin: '관리자',
    wherePassword: '두 비밀번호는 ./openrun up 실행 시 출력되며 .openrun/credentials 파일에 있습니다.',
    signInToBuy: '로그인하고 구매하기',
    welcome: (name) => `${name} 님으로 로그인했습니다.`,
    signedOut: '로그아웃했습니다.',
    sessionEnded: '세션이 끝났습니다. 다시 로그인하세요.',
    away: '상점이 응답하지 않습니다. 시작하는 중일 수 있으며, 계속 다시 시도합니다.',
    SCHEDULED: '오픈 예정',
    OPEN: '판매 중',
    SOLD_OUT: '품절',
    CLOSED: '종료',
    CANCELLED_DROP: '취소됨',
    opensIn: '오픈까지',
    closesIn: '마감까지',
    opening: '여는 중…',
    closing: '마감하는 중…',
    left: (n, all) => `${all}개 중 ${n}개 남음`,
    perPerson: (n) => `1인 ${n}개`,
    buy: '바로 구매',
    buying: '확인하는 중…',
    waitingFor: '오픈 전',
    yours: (place) => `구매했습니다. ${place}번째입니다.`,
    payUntil: (time) => `${time} 안에 결제하지 않으면 다른 분에게 넘어갑니다.`,
    noDrops: '아직 드롭이 없습니다',
    noDropsHint: '관리자로 로그인해 드롭을 예약하거나 ./openrun rush를 실행하세요.',
    soldOut: '품절',
    inDrop: '드롭 중',
    PROCESSING: '주문 생성 중',
    PENDING_PAYMENT: '결제 대기',
    PAID: '결제 완료',
    SHIPPING: '배송 중',
    DELIVERED: '배송 완료',
    PAYMENT_FAILED: '결제 실패',
    EXPIRED: '기한 만료',
    CANCELLED: '취소됨',
    RETURN_REQUESTED: '반품 요청',
    RETURNED: '반품 완료',
    pay: (amount) => `${amount} 결제`,
    entering: '결제 등록 중…',
    confirming: '승인 중…',
    cancel: '취소',
    cancelling: '취소하는 중…',
    timeLeft: (time) => `${time} 남음`,
    place: (n) => `${n}번째`,
    paid: '결제되었습니다.',
    payFailed: '카드가 거절되었습니다. 청구된 금액은 없으니 시간이 남아 있으면 다시 시도하세요.',
    payPending: '카드사가 아직 응답하지 않았습니다. 주문 상태에서 확인하세요.',
    cancelled: '취소했습니다. 다른 분이 구매할 수 있습니다.',
    noOrders: '드롭에서 구매한 상품이 여기에 나타납니다.',
    desk: '드롭 예약',
    deskHint: '상품을 만들고 전량을 드롭으로 판매합니다.',
    productName: '상품',
    productNameExample: '달빛 바시티 재킷',
    units: '수량',
    price: '가격 (₩)',
    limit: '1인당',
    opens: '오픈',
    lasts: '판매 시간',
    window: '결제 기한',
    now: '바로',
    inSeconds: (n) => `${n}초 뒤`,
    inMinutes: (n) => `${n}분 뒤`,
    minutes: (n) => `${n}분`,
    hours: (n) => `${n}시간`,
    schedule: '예약하기',
    scheduling: '예약하는 중…',
    scheduled: '예약했습니다.',
  },
};

const KEPT = 'openrun.language';

/** What the shopper chose, or what their browser prefers. */
export let language = localStorage.getItem(KEPT)
  ?? (navigator.languages?.find((l) => /^(ko|en)/i.test(l)) ?? 'en').slice(0, 2).toLowerCase();

/** Changes to the other language. */
export function switchLanguage() {
  language = language === 'ko' ? 'en' : 'ko';
  localStorage.setItem(KEPT, language);
}

/** The words for a key in the language of the moment. */
export function text(key, ...values) {
  const words = WORDS[language][key] ?? key;
  return typeof words === 'function' ? words(...values) : words;
}

export function number(n) {
  return new Intl.NumberFormat(language).format(n);
}

/** An amount in the currency's minor unit; won have none. */
export function money(amount) {
  return `₩${number(amount)}`;
}

/** A time of day, with the date where it is not today's. */
export function moment(instant) {
  const date = new Date(instant);
  const today = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(language, today
    ? { hour: '2-digit', minute: '2-digit', second: '2-digit' }
    : { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }).format(date);
}

/** 3:07, 1:02:03, or days and hours. */
export function span(millis) {
  const seconds = Math.max(0, Math.ceil(millis / 1000));
  const two = (n) => String(n).padStart(2, '0');
  const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  if (days > 0) {
    return language === 'ko' ? `${days}일 ${hours}시간` : `${days} d ${hours} h`;
  }
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
